"""A rule laid out over a window of time: its open spans in UTC and the local days they belong to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from duly.core.calendar.civil import Civil, civil
from duly.core.calendar.values import ALWAYS, DAY, Calendar, Combined, Editions, Rule
from duly.core.instant import Instant
from duly.core.spans import Span, intersect, subtract, union

EPOCH = date(1970, 1, 1).toordinal()
"""What a date's ordinal is ahead of its number of days since 1970-01-01."""

BUILT_IN: Mapping[str, Rule] = {"always": ALWAYS}


class CalendarError(ValueError):
    """A calendar cannot be laid out, or is asked for what it cannot say; the message is for people."""


@dataclass(frozen=True, slots=True)
class Day:
    """One local date on which something is open, and the hours that start on it."""

    number: int
    """Days since 1970-01-01."""
    hours: tuple[Span, ...]
    counts: bool
    """Whether it is an open day when days are counted."""
    written: int
    """The date whose hours these are: the one before, where the zone skipped that and moved its hours."""

    @property
    def open(self) -> Instant:
        """When its first hours begin."""
        return self.hours[0].start

    @property
    def close(self) -> Instant:
        """When its last hours end, which may be on the next date."""
        return self.hours[-1].end


@dataclass(frozen=True, slots=True)
class Reign:
    """From `at` on local dates are read in this civil time; None: the calendar has no zone to count days in."""

    at: Instant
    civil: Civil | None
    edition: date | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A rule between two instants. Days at the edges may be incomplete."""

    spans: tuple[Span, ...]
    days: tuple[Day, ...]
    reigns: tuple[Reign, ...]


def lay_out(
    rule: Rule, calendars: Mapping[str, Rule], window: Span, path: tuple[str, ...] = ()
) -> Layout:
    """Lay a rule out over a window; `calendars` gives the rules that combined ones name.

    Raises:
        CalendarError: a name is unknown, or a calendar is made of itself.
        zoneinfo.ZoneInfoNotFoundError: a zone is unknown.
    """
    if isinstance(rule, Calendar):
        return _calendar(rule, window)
    if isinstance(rule, Combined):
        return _combined(rule, calendars, window, path)
    return _editions(rule, calendars, window, path)


def _calendar(rule: Calendar, window: Span) -> Layout:
    local = civil(rule.zone, window)
    days: list[Day] = []
    for number in range(local.date(window.start), local.date(window.end) + 1):
        day = date.fromordinal(number + EPOCH)
        stated = rule.hours(day)
        if not stated:
            continue
        midnight = number * DAY
        hours = union(
            Span(local.opening(midnight + hours.open), local.closing(midnight + hours.until))
            for hours in stated
        )
        if hours:
            # A date that the zone skipped is no day: its hours moved to the date after.
            own = number if local.exists(number) else number + 1
            days.append(Day(own, hours, rule.counts(date.fromordinal(own + EPOCH)), number))
    return _from_days(days, window, (Reign(window.start, local, None),))


def _combined(
    rule: Combined, calendars: Mapping[str, Rule], window: Span, path: tuple[str, ...]
) -> Layout:
    parts = [_named(name, calendars, window, path) for name in rule.parts]
    spans = parts[0]
    if rule.op == "complement":
        spans = subtract((window,), spans)
    for part in parts[1:]:
        spans = union(spans, part) if rule.op == "union" else intersect(spans, part)
    local = civil(rule.zone or "UTC", window)
    by_date = intersect(spans, [stretch for _, stretch in local.dates()])
    dates = ((local.date(span.start), span) for span in by_date)
    days = (Day(number, (span,), True, number) for number, span in dates)
    return _from_days(days, window, (Reign(window.start, local if rule.zone else None, None),))


def _named(
    name: str, calendars: Mapping[str, Rule], window: Span, path: tuple[str, ...]
) -> tuple[Span, ...]:
    """The open spans of a part."""
    if name in path:
        raise CalendarError(f"the calendar {name!r} is made of itself: {' → '.join((*path, name))}")
    return lay_out(find(name, calendars), calendars, window, (*path, name)).spans


def find(name: str, calendars: Mapping[str, Rule]) -> Rule:
    """The rule of a name; ``always`` is built in.

    Raises:
        CalendarError: no calendar has that name.
    """
    rule = calendars.get(name) or BUILT_IN.get(name)
    if rule is None:
        known = ", ".join(sorted({*calendars, *BUILT_IN}))
        raise CalendarError(f"there is no calendar {name!r}; there are {known}")
    return rule


def _editions(
    rule: Editions, calendars: Mapping[str, Rule], window: Span, path: tuple[str, ...]
) -> Layout:
    firsts = [e.from_on.toordinal() - EPOCH if e.from_on else _BEFORE for e in rule.editions]
    days: list[Day] = []
    reigns: list[Reign] = []
    for edition, (first, end) in zip(rule.editions, pairwise([*firsts, _AFTER]), strict=True):
        layout = lay_out(edition.rule, calendars, window, path)
        days += (day for day in layout.days if first <= day.written < end)
        local = layout.reigns[0].civil or civil("UTC", window)
        at = window.start if edition.from_on is None else local.opening(first * DAY)
        reigns.append(Reign(at, layout.reigns[0].civil, edition.from_on))
    return _from_days(days, window, tuple(reigns))


_BEFORE, _AFTER = -(10**9), 10**9


def _from_days(days: Iterable[Day], window: Span, reigns: tuple[Reign, ...]) -> Layout:
    """Join the stretches of one date, and the hours of all into open spans."""
    by_number: dict[int, Day] = {}
    for day in days:
        same = by_number.get(day.number)
        by_number[day.number] = replace(day, hours=union(same.hours, day.hours)) if same else day
    spans = union(span for day in by_number.values() for span in day.hours)
    return Layout(
        intersect(spans, (window,)),
        tuple(sorted(by_number.values(), key=lambda day: day.number)),
        reigns,
    )
