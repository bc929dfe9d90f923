"""Rules: how a policy counts where published texts are silent (contract section 4)."""

from typing import Annotated, Literal

from pydantic import Discriminator, Tag

from duly.policy.document.base import Kind, Number, Part, Words
from duly.policy.document.tagged import MAPPING, TEXT, form

PriorityChange = Literal["from_change", "from_start"]
Reopen = Literal["continue", "restart"]


class Rules(Part):
    """The rules a policy or a plan states; what is None keeps the default."""

    named = "the rules"
    business_day: Literal["end_of_nth_day", "same_local_time", "open_hours"] | None = None
    day_hours: Number | None = None
    outside_hours: Literal["as_received", "next_opening"] | None = None
    pauses: dict[Kind, Words] | None = None
    priority_change: (
        Annotated[
            Annotated[PriorityChange, Tag(TEXT)]
            | Annotated[dict[Kind, PriorityChange], Tag(MAPPING)],
            Discriminator(form),
        ]
        | None
    ) = None
    reopen: Reopen | None = None
