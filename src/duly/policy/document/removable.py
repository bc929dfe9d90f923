"""`none` in a plan removes what its base plan has (contract section 4)."""

from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BeforeValidator, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core.core_schema import CoreSchema

from duly.policy.document.base import Name

T = TypeVar("T")
NONE: JsonSchemaValue = {"const": "none"}


class _OrNone:
    """Tells editors that `none` may stand in the place of the value."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [handler(core), NONE]}


class _EachOrNone:
    """Tells editors that `none` may stand in the place of each value of a mapping."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        schema = handler(core)
        inside = schema.get("additionalProperties", {})
        return {**schema, "additionalProperties": {"anyOf": [inside, NONE]}}


def _removed(value: Any) -> Any:
    return None if value == "none" else value


def _without_removed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {key: entry for key, entry in value.items() if entry != "none"}


Removable: TypeAlias = Annotated[T | None, BeforeValidator(_removed), _OrNone]
"""A value, or `none`."""

ByName: TypeAlias = Annotated[dict[Name, T], BeforeValidator(_without_removed), _EachOrNone]
"""Values by name, of which each may be `none`."""
