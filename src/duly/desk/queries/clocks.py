"""The promises of many tickets at once, from their clock rows, as they stand at an instant."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from duly.core import instant, quantity
from duly.core.clock.promise import promises
from duly.core.clock.values import Clock, Kind, State
from duly.core.instant import Instant, Seconds
from duly.core.terms import Terms
from duly.desk.agreements.terms import terms_of
from duly.desk.clocks.clock import Clock as Row
from duly.desk.queries.promise import Promise, most_pressing_first, promises_of


def seen(tickets: Sequence[int], at: datetime) -> Mapping[int, tuple[Promise, ...]]:
    """See all promises of some tickets. One statement, once their terms are loaded."""
    now = instant.from_datetime(at)
    rows = list(Row.objects.filter(ticket__in=tickets))
    terms = terms_of(str(row.terms_id) for row in rows)
    clocks: dict[int, list[Clock]] = {}
    for row in rows:
        clocks.setdefault(row.ticket_id, []).append(_at(row, terms[str(row.terms_id)], now))
    return {ticket: promises_of(theirs, now) for ticket, theirs in clocks.items()}


def leading(promises: Iterable[Promise]) -> Promise | None:
    """The promise that presses most; None when nothing is owed any more."""
    owed = [one for one in promises if one.is_owed or one.due_at is None]
    return next(iter(most_pressing_first(owed)), None)


def _at(row: Row, terms: Terms, now: Instant) -> Clock:
    """Read a row as a clock at an instant: a running one may have been missed since it was written."""
    due_at, state = _instant(row.due_at), State(row.state)
    if state is State.RUNNING and due_at is not None and now > due_at:
        state = State.MISSED
    return Clock(
        kind=Kind(row.kind),
        cycle=row.cycle,
        state=state,
        started_at=instant.from_datetime(row.started_at),
        due_at=due_at,
        soon_at=_instant(row.soon_at),
        met_at=_instant(row.met_at),
        ended_at=_instant(row.ended_at),
        late_seconds=row.late_seconds,
        remaining_seconds=_remaining(row, due_at, terms, now)
        if state is State.RUNNING
        else row.remaining_seconds,
        binding=row.is_binding,
        target=row.target,
        calendar=row.calendar or None,
        priority=row.priority,
        terms=str(row.terms_id),
        changes=(),
        was=None,
    )


def _remaining(row: Row, due_at: Instant | None, terms: Terms, now: Instant) -> Seconds | None:
    """What is left of a running clock: nothing pauses it from now on, so it is the time between now and due."""
    if due_at is None:
        return None
    within = quantity.parse(row.target).within
    if isinstance(within, quantity.Quantity) and within.seconds is None:
        return due_at - now
    return promises(terms).hours(row.calendar).elapsed(now, due_at)


def _instant(at: datetime | None) -> Instant | None:
    return None if at is None else instant.from_datetime(at)
