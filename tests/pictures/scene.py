"""A scene: a few days, the calendars that are open in them, and clocks that run there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duly.core.clock.fold import fold
from duly.core.clock.values import Kind
from duly.core.events import Event
from duly.core.explain import explain
from duly.core.explanation import Explanation
from duly.core.instant import Instant
from duly.core.terms import Terms
from tests.core.tickets import on, said, ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The clocks of one kind on one ticket; `promised` says of each, by hand, its state and due."""

    label: str
    terms: Mapping[str, Terms]
    kind: Kind
    promised: tuple[str, ...]
    history: tuple[str, ...] = ()
    """Its own, where the lanes of a scene tell of different tickets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    name: str
    title: str
    since: str
    until: str
    lanes: tuple[Lane, ...]
    history: tuple[str, ...] = ()
    at: str = ""
    """The asked instant; else the end."""
    zone: str = "UTC"
    calendars: tuple[str, ...] = ("office",)

    @property
    def asked(self) -> Instant:
        return on(self.at or self.until)

    def events(self, lane: Lane) -> Sequence[Event]:
        return ticket(*(lane.history or self.history))

    def clocks(self, lane: Lane) -> list[Explanation]:
        events = self.events(lane)
        return [
            explain(events, lane.terms, self.asked, clock.kind, clock.cycle)
            for clock in fold(events, lane.terms, self.asked).clocks
            if clock.kind is lane.kind
        ]


def in_brief(explained: Explanation) -> str:
    """``missed mon 17:00``, in UTC."""
    clock = explained.clock
    return f"{clock.state} {said(clock.due_at)}" if clock.due_at is not None else clock.state
