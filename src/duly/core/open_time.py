"""Open time of one calendar, compiled to sorted instants with running sums: every question is a binary search."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from weakref import WeakValueDictionary

from duly.core.calendar.civil import Civil
from duly.core.calendar.layout import CalendarError, Day, Reign, find, lay_out
from duly.core.calendar.values import DAY, Calendar, Editions, Rule
from duly.core.instant import Instant, Seconds, text
from duly.core.spans import Span, Spans, intersect

HORIZON: Seconds = 1827 * DAY
"""How far a search for open time looks before it gives up: 5 years, two of them leap years. Contract, section 5."""

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years in which time is laid out."""

_MARGIN: Seconds = 3 * DAY
"""Laid out beyond a table's edges, so that every day that touches the table is whole."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Table:
    """The open time between two instants. Never changed; a wider one replaces it.

    The lists are made for the binary search: `opens` has each opening, `sums` the open time before each and, last, all
    of it. `shifts` begins one earlier: ``shifts[i + 1]`` plus an open time reached in the i-th opening is the instant.
    """

    since: Instant
    until: Instant
    opens: list[Instant]
    sums: list[Seconds]
    shifts: list[int]
    spans: tuple[Span, ...]
    days: tuple[Day, ...]
    """Open days: those that count."""
    numbers: list[int]
    """Their local dates, in days since 1970-01-01."""
    closes: list[Instant]
    reigns: tuple[Reign, ...]

    def day(self, number: int) -> Day | None:
        """The open day of a local date."""
        following = next(self.days_from(number), None)
        return following if following and following.number == number else None

    def days_from(self, number: int) -> Iterator[Day]:
        """The open days from a local date on, to the end of the table."""
        return map(self.days.__getitem__, self._since(number))

    def closes_from(self, number: int) -> Iterator[tuple[int, Instant]]:
        """The same days' local dates and closes."""
        numbers, closes = self.numbers, self.closes
        return ((numbers[i], closes[i]) for i in self._since(number))

    def _since(self, number: int) -> range:
        return range(bisect_left(self.numbers, number), len(self.numbers))


_EMPTY = Table(0, 0, [], [0], [-(10**18)], (), (), [], [], ())

_IN_USE: WeakValueDictionary[Hashable, Table] = WeakValueDictionary()
"""The last table made of what a calendar says, while somebody has it. Most subscribers of a policy keep the same hours,
and a table takes half a megabyte.
"""


class OpenTime:
    """A compiled calendar. Threads may share it: all that ever changes is how wide its table is.

    Holes are sorted, disjoint spans (pauses) whose open time does not count.
    Every method raises ValueError when it has to look outside the years 1900 to 2200.
    """

    __slots__ = ("_calendars", "_rule", "_table", "name")

    def __init__(self, name: str, calendars: Mapping[str, Rule]) -> None:
        """Take the calendar of that name; `calendars` holds it and those it is made of.

        Raises:
            CalendarError: there is no such calendar. A part that is missing is found when time is first asked for.
        """
        self.name = name
        self._rule = find(name, calendars)
        self._calendars = calendars
        self._table = _EMPTY

    def due(self, start: Instant, seconds: Seconds, holes: Spans = ()) -> Instant | None:
        """The earliest instant at which open time since the start, less the holes, reaches `seconds` (1 or more).

        Used up exactly at closing time it is due then, not at the next opening (contract, section 3 rule 1). None when
        5 years from the start, or from the end of the last hole, are not enough.
        """
        if holes:
            return self._due_around(start, seconds, holes)
        table = self._table
        if not table.since <= start < table.until:
            table = self.table(start, start)
        i = bisect_right(table.opens, start)
        used = start - table.shifts[i]
        most = table.sums[i]
        used = (used if used < most else most) + seconds
        try:
            due = used + table.shifts[bisect_left(table.sums, used, i)]
        except IndexError:
            return self._due_later(start, seconds, table)
        return due if due - start <= HORIZON else None

    def _due_later(self, start: Instant, seconds: Seconds, searched: Table) -> Instant | None:
        """Search once more if that table did not reach as far as the search may."""
        return None if self.table(start, start + HORIZON) is searched else self.due(start, seconds)

    def _due_around(self, start: Instant, seconds: Seconds, holes: Spans) -> Instant | None:
        """Count on after the last hole that begins before the work is done."""
        table = self.table(start, max(start, holes[-1].end))
        reached = _position(table, start)
        for begins, ends in holes:
            if begins > start:
                worked = _position(table, begins) - reached
                if worked >= seconds:
                    break
                seconds -= worked
            if ends > start:
                start, reached = ends, _position(table, ends)
        return self.due(start, seconds)

    def elapsed(self, start: Instant, end: Instant, holes: Spans = ()) -> Seconds:
        """The open time from start to end, less the holes; 0 when the end is not after the start."""
        if end <= start:
            return 0
        table = self.table(start, end)
        open_time = _position(table, end) - _position(table, start)
        for hole in holes:
            open_time -= self.elapsed(max(start, hole.start), min(end, hole.end))
        return open_time

    def spans(self, start: Instant, end: Instant) -> tuple[Span, ...]:
        """The open spans between two instants, cut at both."""
        if end <= start:
            return ()
        table = self.table(start, end)
        first = max(bisect_right(table.opens, start) - 1, 0)
        near = table.spans[first : bisect_left(table.opens, end)]
        return intersect(near, (Span(start, end),))

    def is_open(self, at: Instant) -> bool:
        """Whether the instant is within open hours: an opening is, a closing is not."""
        return self.next_open(at) == at

    def next_open(self, at: Instant) -> Instant | None:
        """The instant itself when open, else the next opening; None when there is none within 5 years."""
        table = self.table(at, at)
        i = bisect_right(table.opens, at)
        if i and at < table.spans[i - 1].end:
            return at
        if i == len(table.opens):
            return None if self.table(at, at + HORIZON) is table else self.next_open(at)
        return table.opens[i] if table.opens[i] <= at + HORIZON else None

    def reign(self, at: Instant) -> Reign:
        """Where and in which edition the local date of an instant is read."""
        reigns = self.table(at, at).reigns
        for reign in reversed(reigns):
            if reign.at <= at:
                return reign
        return reigns[0]

    def civil(self, at: Instant) -> Civil:
        """The civil time that gives an instant its local date.

        Raises:
            CalendarError: the calendar is combined and has no zone of its own (contract, section 2 rule 4).
        """
        local = self.reign(at).civil
        if local is None:
            raise CalendarError(
                f"days cannot be counted on the calendar {self.name!r}: give it a `zone`"
            )
        return local

    def table(self, since: Instant, until: Instant) -> Table:
        """The compiled table, widened to hold both instants if need be.

        Raises:
            CalendarError: a part of the calendar is unknown, or made of itself.
        """
        table = self._table
        if table.since <= since and until < table.until:
            return table
        said = _said(self._rule)
        shared = _IN_USE.get(said, _EMPTY)
        if shared.since <= since and until < shared.until:
            self._table = shared
            return shared
        begins, ends = _new_year(_year(since) - 1), _new_year(_year(until) + 2)
        for narrow in (table, shared):
            if narrow.since < narrow.until:
                begins, ends = min(begins, narrow.since), max(ends, narrow.until)
        self._table = table = self._compile(begins, ends)
        if said is not None:
            _IN_USE[said] = table
        return table

    def _compile(self, since: Instant, until: Instant) -> Table:
        window = Span(since - _MARGIN, until + _MARGIN)
        layout = lay_out(self._rule, self._calendars, window, (self.name,))
        days = tuple(day for day in layout.days if day.counts)
        sums, shifts = [0], [-(10**18)]
        for span in layout.spans:
            shifts.append(span.start - sums[-1])
            sums.append(sums[-1] + span.end - span.start)
        return Table(
            since=since,
            until=until,
            opens=[span.start for span in layout.spans],
            sums=sums,
            shifts=shifts,
            spans=layout.spans,
            days=days,
            numbers=[day.number for day in days],
            closes=[day.close for day in days],
            reigns=layout.reigns,
        )


def _said(rule: Rule) -> Hashable | None:
    """All that a rule says, to know it again elsewhere; None for one that names other calendars."""
    if isinstance(rule, Calendar):
        days = tuple(sorted(rule.days.items()))
        return rule.zone, rule.week, rule.holidays, days, rule.business_days
    if isinstance(rule, Editions):
        said = tuple((edition.from_on, _said(edition.rule)) for edition in rule.editions)
        return None if any(each is None for _, each in said) else said
    return None


def _position(table: Table, at: Instant) -> Seconds:
    """The open time of the table before an instant."""
    i = bisect_right(table.opens, at)
    inside, whole = at - table.shifts[i], table.sums[i]
    return inside if inside < whole else whole


def _year(at: Instant) -> int:
    """The year of UTC.

    Raises:
        ValueError: a year in which no promises are computed.
    """
    year = datetime.fromtimestamp(at, UTC).year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{text(at)} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return year


def _new_year(year: int) -> Instant:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
