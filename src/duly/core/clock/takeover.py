"""Other terms that take over: the time in which they count otherwise; clocks that look elsewhere stay as they are."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, takewhile

from duly.core import stored
from duly.core.calendar.layout import Day
from duly.core.calendar.values import DAY
from duly.core.clock.promise import promises
from duly.core.instant import Instant, Seconds
from duly.core.open_time import OpenTime
from duly.core.spans import Span, Spans, intersect, subtract, union
from duly.core.terms import Terms


def differ_in_calendars_alone(before: Terms, after: Terms) -> bool:
    """Whether two terms promise the same, though perhaps on calendars that say something else, as after an edition.

    Not where a target asks for facts or hours (`when`): at a move another may hold than when the clock started.
    """
    one, other = (stored.write(replace(each, version="", calendars={})) for each in (before, after))
    return one == other and not _has_gates(before)


def counted_otherwise(before: Terms, after: Terms, window: Span) -> Spans:
    """When, within a window, terms that differ in calendars alone count time otherwise.

    A clock is re-targeted from its start (contract, section 5), so an open one stays as it is unless a span touches
    the time that it counts: from its start to its due, or to the move while it is paused. One that runs and is never
    due has looked beyond any window, and one of another priority than the ticket's takes another target with a move (it
    was met meanwhile and is open again, or it is an escalation's): these may always change.

    Raises:
        CalendarError: a target needs a calendar that the terms lack.
    """
    if before.calendars == after.calendars:
        return ()
    ours, theirs = promises(before), promises(after)
    names = ours.calendars()
    return union(*(_unlike(ours.hours(name), theirs.hours(name), window) for name in names))


def _has_gates(terms: Terms) -> bool:
    cells = (cell for row in terms.targets.values() for each in row.values() for cell in each)
    return any(cell.when for cell in cells)


def _unlike(one: OpenTime, other: OpenTime, window: Span) -> Spans:
    """When two calendars have other hours, another open day, or other local dates."""
    if one.table(*window) is other.table(*window):
        return ()
    ours, theirs = one.spans(*window), other.spans(*window)
    hours = (subtract(ours, theirs), subtract(theirs, ours))
    days, others = set(_days(one, window)), set(_days(other, window))
    unlike = [_whole(day, one) for day in days - others]
    unlike += [_whole(day, other) for day in others - days]
    return intersect(union(*hours, unlike, _unlike_dates(one, other, window)), (window,))


def _days(calendar: OpenTime, window: Span) -> Iterator[Day]:
    """The open days within, and those beside that may touch it."""
    near = calendar.table(*window).days_from(window.start // DAY - 2)
    return takewhile(lambda day: day.number <= window.end // DAY + 2, near)


def _whole(day: Day, calendar: OpenTime) -> Span:
    """A local date from midnight to midnight, or to its close if that is later."""
    local = calendar.reign(day.open).civil
    if local is None:  # no days are counted on it
        return Span(day.open, day.close)
    return Span(
        local.opening(day.number * DAY), max(local.closing((day.number + 1) * DAY), day.close)
    )


def _unlike_dates(one: OpenTime, other: OpenTime, window: Span) -> Iterator[Span]:
    """When the two read local dates with different offsets."""
    edges = {window.start, window.end}
    for calendar in (one, other):
        for reign in calendar.table(*window).reigns:
            edges |= {reign.at, *(reign.civil.changes if reign.civil else ())}
    inside = sorted(each for each in edges if window.start <= each <= window.end)
    for start, end in pairwise(inside):
        if _offset(one, start) != _offset(other, start):
            yield Span(start, end)


def _offset(calendar: OpenTime, at: Instant) -> Seconds | None:
    local = calendar.reign(at).civil
    return None if local is None else local.local(at) - at
