"""Which escalation levels may be invoked now, and the clock that each would start: core decides both."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from duly.core import instant
from duly.core.clock.fold import fold
from duly.core.clock.values import Kind
from duly.core.events import Escalated, Event, Moved
from duly.core.instant import Instant
from duly.core.terms import Terms
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_escalate, side_of
from duly.desk.agreements.terms import terms_of
from duly.desk.clocks.takeover import pending
from duly.desk.queries.promise import Promise, promises_of
from duly.desk.queries.reading import Reading
from duly.desk.tickets.happening import core_event


@dataclass(frozen=True, slots=True)
class Rise:
    """A level that may be invoked; `answer` is the promise that would start, None where the level has no target."""

    level: int
    title: str
    answer: Promise | None


def rises(actor: Actor, reading: Reading) -> tuple[Rise, ...]:
    """The levels that the actor may invoke at the instant of reading; none while nobody has that right."""
    if not (reading.row.is_unfinished and may_escalate(actor, reading.row)):
        return ()
    return tuple(_rises(actor, reading))


def _rises(actor: Actor, reading: Reading) -> Iterator[Rise]:
    terms, folded = reading.current_terms, reading.fold
    if terms is None or terms.ladder is None or folded is None:
        return
    levels = [opened.level for opened in folded.available]
    history, known = (
        _as_it_will_be(reading, folded.at) if levels else (reading.history, reading.terms)
    )
    before = {event.facts["level"] for event in reading.events if event.kind == "escalated"}
    for level in (each for each in levels if each not in before):
        invoked = Escalated(at=folded.at, level=level, by=side_of(actor, reading.row))
        then = fold([*history, invoked], known, folded.at)
        if level not in {each.level for each in then.invoked}:
            continue
        started = (
            promise
            for promise in promises_of(then.clocks, then.at)
            if (promise.kind, promise.cycle) == (Kind.ESCALATION, level)
        )
        yield Rise(level, terms.ladder.rungs[level - 1].title, next(started, None))


def _as_it_will_be(reading: Reading, at: Instant) -> tuple[Sequence[Event], Mapping[str, Terms]]:
    """The history with the move to other terms that the invoking would bring along. One statement."""
    row = reading.row
    move = pending([row], instant.to_datetime(at)).get(row.pk)
    if move is None:
        return reading.history, reading.terms
    moved = core_event(move.kind, instant.from_datetime(move.at), move.facts)
    assert isinstance(moved, Moved)
    return [*reading.history, moved], {**reading.terms, **terms_of([moved.binding])}
