"""What time alone did to a ticket: promises that came due soon or were missed, levels that opened, the closing."""

from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter
from typing import TypeAlias

from duly.core import instant
from duly.core.clock.values import Clock, Fold, State
from duly.core.events import Closed
from duly.core.instant import Instant
from duly.desk.tickets.happening import Facts, Happening, happening
from duly.desk.tickets.kinds import BY_ITSELF, ONCE

Lapse: TypeAlias = tuple[str, str, int]
"""Kind of event, kind of clock, cycle: what is recorded once."""


def lapses(fold: Fold, recorded: set[Lapse]) -> list[Happening]:
    """Give what a fold shows to have come about and is not recorded yet, in order of time."""
    fresh = [found for found in _all(fold) if found[1] not in recorded]
    return [
        _happening(lapse, min(at, fold.at), due_at)
        for at, lapse, due_at in sorted(fresh, key=itemgetter(0))
    ]


def closing(at: datetime) -> Happening:
    """That a resolved ticket closed by itself."""
    return happening(Closed(at=instant.from_datetime(at)), **{BY_ITSELF: True})


def lapse_of(kind: str, facts: Facts) -> Lapse | None:
    """Name what a recorded event was, if time alone caused it."""
    return (kind, facts["clock"], facts["cycle"]) if kind in ONCE else None


def _all(fold: Fold) -> Iterator[tuple[Instant, Lapse, Instant | None]]:
    for clock in fold.clocks:
        if clock.soon_at is not None and clock.soon_at <= fold.at and _presses(clock):
            yield clock.soon_at, ("due_soon", clock.kind.value, clock.cycle), clock.due_at
        if clock.state is State.MISSED and clock.due_at is not None:
            # Due at 10:00:00 is kept at 10:00:00: the first second of the miss is the next one.
            yield clock.due_at + 1, ("missed", clock.kind.value, clock.cycle), clock.due_at
    for level in fold.available:
        # A level opens at the miss that opens it, and is told after it.
        yield level.at + 1, ("level_opened", "escalation", level.level), None


def _presses(clock: Clock) -> bool:
    """Whether the clock is still unanswered, so that its coming due concerns somebody."""
    return clock.met_at is None and clock.state in (State.RUNNING, State.MISSED)


def _happening(lapse: Lapse, at: Instant, due_at: Instant | None) -> Happening:
    kind, clock, cycle = lapse
    facts: dict[str, str | int] = {"clock": clock, "cycle": cycle}
    if due_at is not None:
        facts["due_at"] = instant.text(due_at)
    return Happening(kind=kind, at=instant.to_datetime(at), facts=facts)
