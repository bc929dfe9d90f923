"""What a plan promises: for each kind and priority a cell, and its gates (contract section 3)."""

from typing import Annotated

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
)

from duly.policy.document.base import Name, Part, Words
from duly.policy.document.fault import fault
from duly.policy.document.removable import Removable
from duly.policy.document.tagged import LIST, MAPPING, TEXT, form


class When(Part):
    """A gate: every fact named must be one of the values given; `flags` must all be there."""

    named = "a gate"
    channel: Words | None = None
    environment: Words | None = None
    component: Words | None = None
    contact: Words | None = None
    requested: Words | None = None
    region: Words | None = None
    flags: Words | None = None
    during: Name | None = None


def _target(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise fault("target", "write a target such as 8 business hours, or none.")
    return value


Target = Annotated[
    str,
    BeforeValidator(_target),
    WithJsonSchema(
        {
            "type": "string",
            "examples": [
                "8 business hours on office",
                "every 2 hours",
                "suggested 2 business days",
                "next business day",
                "best effort",
                "none",
            ],
        }
    ),
]


class Gated(Part):
    """A target that applies under a condition, or starts or is met in its own way."""

    named = "a target"
    within: Target
    when: When | None = None
    starts: Name | None = None
    met_by: Words | None = None


def _some(value: tuple[object, ...]) -> tuple[object, ...]:
    if not value:
        raise fault("target", "an empty list promises nothing; write none.")
    return value


Alternative = Annotated[
    Annotated[Target, Tag(TEXT)] | Annotated[Gated, Tag(MAPPING)],
    Discriminator(lambda value: MAPPING if form(value) == MAPPING else TEXT),
]
Cell = Annotated[
    Annotated[Target, Tag(TEXT)]
    | Annotated[Gated, Tag(MAPPING)]
    | Annotated[tuple[Alternative, ...], AfterValidator(_some), Tag(LIST)],
    Discriminator(form),
]


class KindTargets(Part):
    """The cells of one kind by priority, with `starts` and `met_by` for all of them."""

    model_config = ConfigDict(extra="allow")
    named = "targets"
    __pydantic_extra__: dict[str, Cell] = Field(init=False)
    starts: Name | None = None
    met_by: Words | None = None

    @property
    def cells(self) -> dict[str, str | Gated | tuple[str | Gated, ...]]:
        """The cells by the key of their priority."""
        return self.__pydantic_extra__


def alternatives(cell: str | Gated | tuple[str | Gated, ...]) -> list[Gated]:
    """Give a cell as its list of gated targets, in the order in which they are tried."""
    entries = cell if isinstance(cell, tuple) else (cell,)
    return [Gated(within=entry) if isinstance(entry, str) else entry for entry in entries]


class Targets(Part):
    """The promises of a plan by kind."""

    named = "targets"
    first_response: Removable[KindTargets] = None
    next_response: Removable[KindTargets] = None
    update: Removable[KindTargets] = None
    workaround: Removable[KindTargets] = None
    resolution: Removable[KindTargets] = None
    root_cause: Removable[KindTargets] = None

    @property
    def kinds(self) -> dict[str, KindTargets]:
        """The kinds that are stated."""
        stated = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: value for name, value in stated.items() if value is not None}
