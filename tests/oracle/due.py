"""When a promise falls due, found by walking through time (contract, section 3)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, pairwise

from tests.oracle.paper import SEARCH_DAYS, Paper
from tests.oracle.wall import DAY, as_closing, on, wall

Pauses = list[tuple[int, int]]
"""Half-open stretches in which the clock did not run, in seconds since 1970."""


@dataclass(frozen=True)
class OpenTime:
    """`8 business hours`, `15 minutes`: seconds of open time."""

    seconds: int


@dataclass(frozen=True)
class DayRules:
    """`rules.business_day`, `rules.outside_hours` and `rules.day_hours`."""

    mode: str = "end_of_nth_day"
    outside_hours: str = "as_received"
    day_seconds: int = 8 * 3600


@dataclass(frozen=True)
class BusinessDays:
    """`3 business days` under the rules; `next business day` is one, always to its end."""

    count: int
    rules: DayRules = DayRules()
    is_next: bool = False


@dataclass(frozen=True)
class EndOfBusinessDay:
    """`end of business day`."""


@dataclass(frozen=True)
class CalendarDays:
    """`10 days`; a week is seven."""

    count: int


Quantity = OpenTime | BusinessDays | EndOfBusinessDay | CalendarDays


def due(quantity: Quantity, paper: Paper, start: int, pauses: Pauses) -> int | None:
    """The instant at which the promise falls due; a search gives up after 1,827 days from the start, or from the end of
    the last pause.
    """
    found = searched(quantity, paper, start, pauses)
    last = max([start, *(ended for _, ended in pauses)])
    return found if found is not None and found <= last + 1827 * DAY else None


def searched(quantity: Quantity, paper: Paper, start: int, pauses: Pauses) -> int | None:
    """The instant, if need be beyond the five years."""
    match quantity:
        case OpenTime(seconds):
            return open_time_used_up(paper, start, seconds, pauses)
        case BusinessDays(count, DayRules(mode="open_hours", day_seconds=day)):
            # no marks, N x `rules.day_hours` of open time
            seconds = count * day
            return open_time_used_up(paper, start, seconds, pauses)
        case BusinessDays():
            return nth_unpaused(business_day_marks(quantity, paper, start), quantity.count, pauses)
        case EndOfBusinessDay():
            return nth_unpaused(closes_from_today(paper, start), 1, pauses)
        case CalendarDays(count):
            return end_of_calendar_day(paper, start, count, pauses)


def promised_seconds(quantity: Quantity | str) -> int | None:
    """The open time that is promised, where it is open time and not days."""
    match quantity:
        case OpenTime(seconds):
            return seconds
        case BusinessDays(count, DayRules(mode="open_hours", day_seconds=day)):
            return count * day
        case _:
            return None


def is_paused(at: int, pauses: Pauses) -> bool:
    return any(began <= at < ended for began, ended in pauses)


def worked(paper: Paper, start: int, end: int, pauses: Pauses) -> Iterator[tuple[int, int]]:
    """The open, unpaused stretches from start to end: page by page, never straddling the edge of a pause."""
    edges = sorted(edge for pause in pauses for edge in pause)
    for opens, closes in paper.stretches(start, end):
        inside = [edge for edge in edges if opens < edge < closes]
        for at, after in pairwise([opens, *inside, closes]):
            if not is_paused(at, pauses):
                yield at, after


def open_seconds(paper: Paper, start: int, end: int, pauses: Pauses) -> int:
    """Open, unpaused seconds in [start, end)."""
    return sum(after - at for at, after in worked(paper, start, end, pauses))


def open_time_used_up(paper: Paper, start: int, seconds: int, pauses: Pauses) -> int | None:
    """The earliest instant at which open, unpaused time since the start reaches the quantity."""
    used = 0
    last = max([start, *(ended for _, ended in pauses)])
    for at, after in worked(paper, start, last + SEARCH_DAYS * DAY, pauses):
        if used + after - at >= seconds:
            return at + seconds - used
        used += after - at
    return None


def nth_unpaused(marks: Iterable[int], count: int, pauses: Pauses) -> int | None:
    """The Nth mark just before which the clock was not paused."""
    passed = 0
    for mark in marks:
        passed += not is_paused(mark - 1, pauses)
        if passed == count:
            return mark
    return None


def business_day_marks(days: BusinessDays, paper: Paper, start: int) -> Iterator[int]:
    # a start outside hours counts from its own date (`as_received`) or from the next opening
    counted_from: int | None = start
    if days.rules.outside_hours == "next_opening":
        counted_from = paper.next_opening(start)
    if counted_from is None:
        return
    mark = marker(days.rules.mode, paper, wall(paper.zone, counted_from).time())
    # each open day strictly after the local date of the start has a mark
    tomorrow = paper.local_date(counted_from) + timedelta(days=1)
    for day in paper.open_days_from(tomorrow):
        yield mark(day)


def marker(mode: str, paper: Paper, shown: time) -> Callable[[date], int]:
    if mode == "end_of_nth_day":
        return paper.close_of
    assert mode == "same_local_time"
    return lambda day: moved_into_hours(paper, day, shown)


def moved_into_hours(paper: Paper, day: date, shown: time) -> int:
    """The start's wall time on that day, moved into its hours: an opening, or back to the close."""
    at = as_closing(paper.zone, datetime.combine(day, shown))
    spans = sorted(paper.spans_on(day))
    if any(opens <= at <= closes for opens, closes in spans):
        return at
    return min((opens for opens, _ in spans if opens > at), default=paper.close_of(day))


def closes_from_today(paper: Paper, start: int) -> Iterator[int]:
    """The close of the start's own date, or of the next open day when that has passed."""
    today = paper.local_date(start)
    closes = (paper.close_of(day) for day in paper.open_days_from(today))
    first = next(closes, None)
    if first is None:
        return iter(())
    return chain([first] if first > start else [], closes)


def end_of_calendar_day(paper: Paper, start: int, count: int, pauses: Pauses) -> int | None:
    """The close of the date that many days later, moved to the next open day if closed.

    A date at whose end (the close, or 24:00 if closed) the clock was paused does not count.
    """
    tomorrow = paper.local_date(start) + timedelta(days=1)
    passed = 0
    for day in (tomorrow + timedelta(days=number) for number in range(SEARCH_DAYS)):
        is_open_day = paper.is_open_day(day)
        end = paper.close_of(day) if is_open_day else as_closing(paper.zone, on(day, 1440))
        passed += not is_paused(end - 1, pauses)
        if passed >= count and is_open_day and not is_paused(end - 1, pauses):
            return end
    return None
