"""`none` in a plan removes what its base plan has (contract section 4)."""

from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import BeforeValidator

from duly.policy.document.base import Name

T = TypeVar("T")


def _removed(value: Any) -> Any:
    return None if value == "none" else value


def _without_removed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {key: entry for key, entry in value.items() if entry != "none"}


Removable: TypeAlias = Annotated[
    T | None, BeforeValidator(_removed, json_schema_input_type=T | Literal["none"])
]
"""A value, or `none`."""

ByName: TypeAlias = Annotated[
    dict[Name, T],
    BeforeValidator(_without_removed, json_schema_input_type=dict[Name, T | Literal["none"]]),
]
"""Values by name, of which each may be `none`."""
