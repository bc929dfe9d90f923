"""Something that happened, on its way into the history of a ticket."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from duly.core import history, instant
from duly.core.events import Event as CoreEvent
from duly.core.instant import Instant
from duly.desk.tickets.kinds import KINDS, ON_CLOCKS

Facts: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What an event row will say. `received_at` is set where `at` had to be raised to keep the order."""

    kind: str
    at: datetime
    facts: Facts = field(default_factory=dict)
    person_id: int | None = None
    via: str = "timer"
    received_at: datetime | None = None


class Past(NamedTuple):
    """What a history needs of an event row."""

    kind: str
    at: Instant
    facts: Facts


def happening(event: CoreEvent, **desk_facts: int | str | list[str] | list[int]) -> Happening:
    """Make one of a core event and the desk's own facts of its kind."""
    plain = history.write(event)
    at, kind = instant.parse(plain.pop("at")), plain.pop("event")
    return Happening(kind=kind, at=instant.to_datetime(at), facts={**plain, **desk_facts})


def core_event(kind: str, at: Instant, facts: Facts) -> CoreEvent | None:
    """Give what a fold reads of an event; None for the desk's own kinds."""
    if kind not in ON_CLOCKS:
        return None
    own = KINDS[kind].facts
    return history.event(kind, at, {name: facts[name] for name in facts if name not in own})
