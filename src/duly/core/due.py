"""When a target is due: open time or days, around pauses; and the sum that explains it to the second."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duly.core import marks
from duly.core.instant import Instant, Seconds
from duly.core.marks import BusinessDay, DayRules, Mark, counted_from
from duly.core.open_time import OpenTime
from duly.core.quantity import Quantity, Target, Unit, Untimed
from duly.core.spans import Span, Spans, intersect, subtract


class Rule(StrEnum):
    """Which rule gave a due instant."""

    OPEN_TIME = "open_time"
    END_OF_NTH_DAY = "end_of_nth_day"
    SAME_LOCAL_TIME = "same_local_time"
    END_OF_BUSINESS_DAY = "end_of_business_day"
    CALENDAR_DAYS = "calendar_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """How a due instant came about; what was counted adds up to the second."""

    due_at: Instant | None
    rule: Rule
    counted_from: Instant
    """The start, or the next opening where the policy counts from there."""
    seconds: Seconds | None
    """The open time asked for; None when days are counted."""
    counted: tuple[Span, ...]
    """The open spans from `counted_from` to the due instant, less the pauses. For open time they total `seconds`."""
    paused: tuple[Span, ...]
    """The open spans in between that pauses removed."""
    marks: tuple[Mark, ...]
    """The days that were looked at, when days are counted."""
    edition: date | None
    """The first date of the calendar's edition in force at `counted_from`; None: it has only one."""


def due_at(
    target: Target, start: Instant, open_time: OpenTime, rules: DayRules, holes: Spans = ()
) -> Instant | None:
    """When the target is due; None when it is untimed, or not due within 5 years of the start or the last hole.

    Holes are sorted, disjoint spans in which the clock was paused.

    Raises:
        CalendarError: days are counted on a combined calendar without a zone.
    """
    within = target.within
    if isinstance(within, Untimed):
        return None
    seconds = open_seconds(within, rules)
    if seconds is not None:
        return open_time.due(start, seconds, holes)
    return marks.due(within, start, open_time, rules, holes)


def explain(
    target: Target, start: Instant, open_time: OpenTime, rules: DayRules, holes: Spans = ()
) -> Sum:
    """The sum behind `due_at`, step by step.

    Raises:
        ValueError: the target is untimed, so there is nothing to add up.
        CalendarError: days are counted on a combined calendar without a zone.
    """
    within = target.within
    if isinstance(within, Untimed):
        raise ValueError(f"{within} has no due instant to explain")
    seconds = open_seconds(within, rules)
    if seconds is None:
        begin = counted_from(within, start, open_time, rules) or start
        looked_at = marks.marks(within, start, open_time, rules, holes)
        due = looked_at[-1].at if looked_at else None
    else:
        begin, looked_at = start, ()
        due = open_time.due(start, seconds, holes)
    spans = open_time.spans(begin, begin if due is None else due)
    return Sum(
        due_at=due,
        rule=_rule(within, rules),
        counted_from=begin,
        seconds=seconds,
        counted=subtract(spans, holes),
        paused=intersect(spans, holes),
        marks=looked_at,
        edition=open_time.reign(begin).edition,
    )


def remaining(
    within: Quantity,
    start: Instant,
    at: Instant,
    open_time: OpenTime,
    *,
    due: Instant | None,
    holes: Spans = (),
) -> Seconds | None:
    """What is left at an instant, never below 0: open time for minutes and hours, also while paused (a hole that still
    runs ends at `at`); elapsed time to due for days and weeks, None without a due.
    """
    if within.seconds is not None:
        return max(within.seconds - open_time.elapsed(start, at, holes), 0)
    return None if due is None else max(due - at, 0)


def soon_at(start: Instant, due: Instant, open_time: OpenTime, holes: Spans = ()) -> Instant:
    """When three quarters of the unpaused open time between start and due are used."""
    quarters = 3 * open_time.elapsed(start, due, holes)
    soon = open_time.due(start, -(-quarters // 4), holes) if quarters else start
    assert soon is not None
    return soon


def open_seconds(within: Quantity, rules: DayRules) -> Seconds | None:
    """The open time a quantity asks for; None when its days have marks."""
    if within.unit is Unit.BUSINESS_DAY and rules.business_day is BusinessDay.OPEN_HOURS:
        return within.amount * rules.day_seconds
    return within.seconds


def _rule(within: Quantity, rules: DayRules) -> Rule:
    if open_seconds(within, rules) is not None:
        return Rule.OPEN_TIME
    if within.unit is Unit.BUSINESS_DAY:
        return Rule(rules.business_day)
    return _RULES[within.unit]


_RULES = {
    Unit.NEXT_BUSINESS_DAY: Rule.END_OF_NTH_DAY,
    Unit.END_OF_BUSINESS_DAY: Rule.END_OF_BUSINESS_DAY,
    Unit.DAY: Rule.CALENDAR_DAYS,
    Unit.WEEK: Rule.CALENDAR_DAYS,
}
