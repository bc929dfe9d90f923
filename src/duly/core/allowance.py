"""Allowances: how many tickets or minutes a plan covers, and what one subscription used (contract, section 5)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from duly.core.events import Event, Excluded, Merged, Opened, Spent
from duly.core.instant import Instant
from duly.core.periods import Per, Period, period

Beyond: TypeAlias = Literal["best_effort", "refuse", "charge", "unknown"]


@dataclass(frozen=True, slots=True)
class CarryOver:
    """Which share of what a period left unused stays available until the end of the `expires` in which it lies."""

    percent: int
    expires: Per


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What a plan covers. `limit` counts tickets, or minutes where `counts` says so; None is unlimited."""

    limit: int | None
    counts: Literal["tickets", "minutes"] = "tickets"
    per: Per | None
    """None: for each ticket."""
    zone: str = "UTC"
    beyond: Beyond = "unknown"
    carry_over: CarryOver | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """How a ticket stands in its period."""

    period: str
    used: int
    """Counted in the period at the asked instant."""
    limit: int | None
    """With what was carried over, as it was when the ticket was opened."""
    over: bool
    """Decided when the ticket was opened."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """How the time spent stands, in minutes."""

    period: str | None
    limit: int | None
    used: int
    covered: int
    over: int


History: TypeAlias = Sequence[Event]


def tickets_used(
    allowance: Allowance,
    histories: Iterable[History],
    ticket: History,
    at: Instant,
    *,
    since: Instant | None = None,
) -> Usage | None:
    """How a ticket of the subscription stands at an instant, or None when it was not opened by then.

    A ticket counts in the period of its opening unless it was merged or excluded. `histories` are all tickets of the
    subscription, this one among them, in the order of their numbers. Nothing is carried over from before `since`.
    """
    assert allowance.per is not None
    opened_at = _opened_at(ticket)
    if opened_at is None or opened_at > at:
        return None
    known = list(histories)
    until = next(number for number, history in enumerate(known) if history is ticket)
    before = [
        history
        for number, history in enumerate(known)
        if _order(history, number) <= (opened_at, until)
    ]
    own = period(opened_at, allowance.per, allowance.zone)
    return usage(
        allowance,
        own,
        used=_counted(known, own, at),
        position=_counted(before, own, opened_at),
        past=lambda period: _counted(before, period, opened_at),
        since=since,
    )


def usage(
    allowance: Allowance,
    own: Period,
    *,
    used: int,
    position: int,
    past: Callable[[Period], int],
    since: Instant | None = None,
) -> Usage:
    """How a ticket stands in its own period, of counts that were made elsewhere.

    It was the `position`-th of those that count there, `used` of them now; `past` counts an earlier period.
    """
    limit = _limit(allowance, own, past, since)
    return Usage(own.name, used, limit, limit is not None and position > limit)


def minutes_used(
    allowance: Allowance,
    name: str,
    histories: Iterable[History],
    at: Instant,
    *,
    since: Instant | None = None,
) -> Minutes:
    """What was spent until an instant: by the one ticket given, or by all tickets in the period of the instant."""
    spent = [
        event
        for history in histories
        for event in history
        if isinstance(event, Spent) and event.on == name and event.at <= at
    ]

    def total(within: Period) -> int:
        start, end = within.span
        return sum(event.minutes for event in spent if start <= event.at < end)

    if allowance.per is None:
        return _minutes(None, allowance.limit, sum(event.minutes for event in spent))
    own = period(at, allowance.per, allowance.zone)
    return _minutes(own.name, _limit(allowance, own, total, since), total(own))


def _minutes(name: str | None, limit: int | None, used: int) -> Minutes:
    covered = used if limit is None else min(used, limit)
    return Minutes(name, limit, used, covered, used - covered)


def _limit(
    allowance: Allowance,
    own: Period,
    used: Callable[[Period], int],
    since: Instant | None,
) -> int | None:
    """The limit of a period with what the periods before it in the same `expires` left over."""
    carry, limit = allowance.carry_over, allowance.limit
    if carry is None or limit is None:
        return limit
    first = period(own.span.start, carry.expires, own.zone).span.start
    if since is not None:
        first = max(first, since)
    past = period(first, own.per, own.zone)
    carried = 0
    while past.first < own.first:
        beyond_carried = max(0, used(past) - carried)
        carried = (
            max(0, carried - used(past)) + max(0, limit - beyond_carried) * carry.percent // 100
        )
        past = past.next
    return limit + carried


def _counted(histories: Iterable[History], within: Period, at: Instant) -> int:
    start, end = within.span
    return sum(
        1
        for history in histories
        if start <= (_opened_at(history) or 0) < end and _counts(history, at)
    )


def _counts(history: History, at: Instant) -> bool:
    """Whether a ticket uses the allowance at an instant: opened by then, and neither merged nor excluded."""
    excluded: set[str] = set()
    opened = False
    for event in sorted(history, key=lambda event: event.at):
        if event.at > at:
            break
        if isinstance(event, Merged):
            return False
        if isinstance(event, Excluded):
            (excluded.discard if event.withdrawn else excluded.add)(event.cause)
        opened = opened or isinstance(event, Opened)
    return opened and not excluded


def _opened_at(history: History) -> Instant | None:
    return next((event.at for event in history if isinstance(event, Opened)), None)


def _order(history: History, number: int) -> tuple[float, int]:
    opened_at = _opened_at(history)
    return (float("inf") if opened_at is None else opened_at, number)
