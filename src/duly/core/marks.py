"""Days that are counted: each has a mark, and a target in days is due at the mark that completes it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import count
from typing import NamedTuple

from duly.core.calendar.civil import Civil
from duly.core.calendar.layout import EPOCH, Day
from duly.core.calendar.values import DAY
from duly.core.instant import Instant, Seconds
from duly.core.open_time import HORIZON, OpenTime, Table
from duly.core.quantity import Quantity, Unit
from duly.core.spans import Spans


class BusinessDay(StrEnum):
    """How business days are counted: `rules.business_day` of a policy. Contract, section 3 rule 2."""

    END_OF_NTH_DAY = "end_of_nth_day"
    SAME_LOCAL_TIME = "same_local_time"
    OPEN_HOURS = "open_hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRules:
    """What the `rules` of a policy say about days."""

    business_day: BusinessDay = BusinessDay.END_OF_NTH_DAY
    day_seconds: Seconds = 8 * 3600
    """`rules.day_hours`, for `open_hours`."""
    from_next_opening: bool = False
    """`rules.outside_hours: next_opening`; else a start outside hours counts from its own date."""


class Mark(NamedTuple):
    """A local date that was looked at, the instant of its mark, and whether it counted."""

    on: date
    at: Instant
    counts: bool
    """False: the clock was paused just before the mark."""


def counted_from(
    within: Quantity, start: Instant, open_time: OpenTime, rules: DayRules
) -> Instant | None:
    """The start, or for business days the next opening where the policy says so; None: it never opens."""
    if rules.from_next_opening and within.unit in (Unit.BUSINESS_DAY, Unit.NEXT_BUSINESS_DAY):
        return open_time.next_open(start)
    return start


def due(
    within: Quantity, start: Instant, open_time: OpenTime, rules: DayRules, holes: Spans
) -> Instant | None:
    """The mark that completes the days; None when that is out of reach.

    Raises:
        CalendarError: the calendar is combined and has no zone to count days in.
    """
    if not holes and _closes_days(within, rules):
        return _due_unpaused(within, start, open_time, rules)
    looked_at = _look(within, start, open_time, rules, holes)
    return looked_at[-1].at if looked_at else None


def _closes_days(within: Quantity, rules: DayRules) -> bool:
    """Whether each mark is the close of a later day: then the last is found without a look at the others."""
    if within.unit is Unit.BUSINESS_DAY:
        return rules.business_day is not BusinessDay.SAME_LOCAL_TIME
    return within.unit is not Unit.END_OF_BUSINESS_DAY


def _due_unpaused(
    within: Quantity, start: Instant, open_time: OpenTime, rules: DayRules
) -> Instant | None:
    begin = counted_from(within, start, open_time, rules)
    if begin is None:
        return None
    table = open_time.table(begin, start + HORIZON)
    today = open_time.civil(begin).date(begin)
    if within.unit in (Unit.DAY, Unit.WEEK):
        days = within.amount * (7 if within.unit is Unit.WEEK else 1)
        nth = bisect_left(table.numbers, today + days)
    else:
        nth = bisect_left(table.numbers, today + 1) + within.amount - 1
    at = table.closes[nth] if nth < len(table.closes) else None
    return at if at is not None and at <= start + HORIZON else None


def marks(
    within: Quantity, start: Instant, open_time: OpenTime, rules: DayRules, holes: Spans
) -> tuple[Mark, ...]:
    """The dates looked at, up to the one whose mark is due; none at all when that is out of reach.

    Raises:
        CalendarError: as for `due`.
    """
    looked_at = _look(within, start, open_time, rules, holes)
    return tuple(Mark(date.fromordinal(day + EPOCH), at, counts) for day, at, counts in looked_at)


class _Look(NamedTuple):
    """A local date in days since 1970-01-01, the instant of its mark, and whether it counted."""

    number: int
    at: Instant
    counts: bool


def _look(
    within: Quantity, start: Instant, open_time: OpenTime, rules: DayRules, holes: Spans
) -> list[_Look]:
    begin = counted_from(within, start, open_time, rules)
    if begin is None:
        return []
    limit = max(start, holes[-1].end if holes else start) + HORIZON
    table = open_time.table(begin, limit)  # wide enough for all that follows, so first
    local = open_time.civil(begin)
    today = local.date(begin)
    match within.unit:
        case Unit.END_OF_BUSINESS_DAY:
            closes = (day for day in table.closes_from(today) if day[1] > start)
            return _take(1, closes, holes, limit)
        case Unit.DAY | Unit.WEEK:
            amount = within.amount * (7 if within.unit is Unit.WEEK else 1)
            passed = _take(amount, _ends(today + 1, table, local), holes, limit)
            return _landed(passed, table, holes, limit)
        case Unit.BUSINESS_DAY if rules.business_day is BusinessDay.SAME_LOCAL_TIME:
            wall, later = local.local(begin) % DAY, table.days_from(today + 1)
            times = ((day.number, _same_time(day, wall, open_time)) for day in later)
            return _take(within.amount, times, holes, limit)
    return _take(within.amount, table.closes_from(today + 1), holes, limit)


def _ends(first: int, table: Table, local: Civil) -> Iterator[tuple[int, Instant]]:
    """Every date has an end: the close of an open day, the midnight of any other."""

    def end(number: int) -> tuple[int, Instant]:
        day = table.day(number)
        return number, day.close if day else local.closing((number + 1) * DAY)

    return map(end, count(first))


def _landed(passed: list[_Look], table: Table, holes: Spans, limit: Instant) -> list[_Look]:
    """Go on from the last date passed to an open day, unless it is one."""
    if not passed:
        return []
    landed = _take(1, table.closes_from(passed[-1].number), holes, limit)
    return list(dict.fromkeys((*passed, *landed))) if landed else []


def _same_time(day: Day, wall: Seconds, open_time: OpenTime) -> Instant:
    """A wall time on a day, moved into its hours: on to the next opening, or back to the close.

    Where the clock shows it twice the second is meant, as for any other end.
    """
    at = open_time.civil(day.open).closing(day.number * DAY + wall)
    for span in day.hours:
        if at <= span.end:
            return max(at, span.start)
    return day.close


def _take(
    amount: int, candidates: Iterable[tuple[int, Instant]], holes: Spans, limit: Instant
) -> list[_Look]:
    """Look at one mark after the other until so many have counted."""
    looked_at: list[_Look] = []
    for number, at in candidates:
        if at > limit:
            break
        paused = bool(holes) and any(hole.start < at <= hole.end for hole in holes)
        looked_at.append(_Look(number, at, not paused))
        amount -= not paused
        if amount == 0:
            return looked_at
    return []
