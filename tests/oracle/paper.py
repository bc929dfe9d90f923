"""Calendars on paper: each UTC day is a page of 1440 minutes, coloured in where it is open.

Every offset in use from 2000 to 2040 is a whole number of minutes, so no minute is half open.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from tests.oracle.wall import DAY, HOUR, MINUTE, as_closing, as_opening, exists, local_date, on

PAGE = DAY // MINUTE
SEARCH_DAYS = 5 * 366


@dataclass(frozen=True, slots=True)
class Interval:
    """Local opening hours in minutes after 00:00; a close of 1440 is `24:00`."""

    opens: int
    closes: int

    def on(self, zone: str, day: date) -> tuple[int, int]:
        """The instants of opening and closing on a date; `close <= open` runs into the next day."""
        overnight = self.closes <= self.opens
        closing_day = day + timedelta(days=1) if overnight else day
        return as_opening(zone, on(day, self.opens)), as_closing(zone, on(closing_day, self.closes))


Intervals = tuple[Interval, ...]


@dataclass(frozen=True)
class Edition:
    """What a plain calendar says from a local date on. The week starts on Monday."""

    week: tuple[Intervals, ...]
    holidays: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()
    excepted: frozenset[date] = frozenset()
    days: Mapping[date, Intervals] = field(default_factory=dict)
    business_days: frozenset[int] | None = None
    since: date = date.min

    def on(self, day: date) -> Intervals:
        """`days` beats `holidays`; a holiday removes the intervals that start on that date."""
        if day in self.days:
            return self.days[day]
        named = day in self.holidays or (day.month, day.day) in self.yearly
        return () if named and day not in self.excepted else self.week[day.weekday()]


class Paper(ABC):
    """A calendar that can be asked about any minute, and about local dates in its zone."""

    zone: str

    def __init__(self) -> None:
        self.page = lru_cache(maxsize=4096)(self.paint)
        self.spans_on = lru_cache(maxsize=4096)(self.find_spans_on)

    @abstractmethod
    def paint(self, number: int) -> bytes:
        """The page of a UTC day, one byte a minute: 1 is open."""

    @abstractmethod
    def find_spans_on(self, day: date) -> list[tuple[int, int]]:
        """Opening and closing instants of a local date's hours; none if it does not count."""

    def is_open(self, at: int) -> bool:
        return self.page(at // DAY)[at % DAY // MINUTE] == 1

    def stretches(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What is coloured in from start to end, page by page."""
        for number in range(start // DAY, -(-end // DAY)):
            page, closes = self.page(number), 0
            while (opens := page.find(1, closes)) >= 0:
                closes = page.find(0, opens)
                closes = PAGE if closes < 0 else closes
                first = max(start, number * DAY + opens * MINUTE)
                last = min(end, number * DAY + closes * MINUTE)
                if first < last:
                    yield first, last

    def is_open_day(self, day: date) -> bool:
        return bool(self.spans_on(day))

    def close_of(self, day: date) -> int:
        return max(close for _, close in self.spans_on(day))

    def local_date(self, at: int) -> date:
        return local_date(self.zone, at)

    def next_opening(self, at: int) -> int | None:
        """The instant itself when open, else the first open minute after it."""
        if self.is_open(at):
            return at
        for number in range(at // DAY, at // DAY + SEARCH_DAYS):
            found = self.page(number).find(1, at % DAY // MINUTE if number == at // DAY else 0)
            if found >= 0:
                return number * DAY + found * MINUTE
        return None

    def open_days_from(self, day: date) -> Iterator[date]:
        """The open days from a date on, for as long as anyone would search."""
        for number in range(SEARCH_DAYS):
            if self.is_open_day(day + timedelta(days=number)):
                yield day + timedelta(days=number)


class Plain(Paper):
    """One zone, a week, holidays and days, perhaps in several editions."""

    def __init__(self, zone: str, *editions: Edition) -> None:
        super().__init__()
        self.zone = zone
        self.editions = editions

    def __repr__(self) -> str:
        return f"Plain({self.zone!r}, {', '.join(map(repr, self.editions))})"

    def edition(self, day: date) -> Edition | None:
        """Each date's intervals come from the edition in force."""
        return max(
            (e for e in self.editions if e.since <= day), key=lambda e: e.since, default=None
        )

    def intervals(self, day: date) -> list[tuple[int, int]]:
        edition = self.edition(day)
        return [i.on(self.zone, day) for i in edition.on(day)] if edition else []

    def find_spans_on(self, day: date) -> list[tuple[int, int]]:
        edition = self.edition(day)
        named = edition.business_days if edition else None
        if named is not None and day.weekday() not in named:
            return []
        if not exists(self.zone, day):
            return []
        spans = self.intervals(day)
        if not exists(self.zone, day - timedelta(days=1)):
            # the hours of a skipped date have moved by the gap, onto this one
            spans = [*self.intervals(day - timedelta(days=1)), *spans]
        return [(opens, closes) for opens, closes in spans if opens < closes]

    def paint(self, number: int) -> bytes:
        page = bytearray(PAGE)
        middle = local_date("UTC", number * DAY)
        for shift in range(-4, 4):
            for opens, closes in self.intervals(middle + timedelta(days=shift)):
                first = max(0, opens // MINUTE - number * PAGE)
                last = min(PAGE, closes // MINUTE - number * PAGE)
                if first < last:
                    page[first:last] = b"\1" * (last - first)
        return bytes(page)


class Combined(Paper):
    """A calendar made of others; an open day is a local date with any open time."""

    def __init__(self, zone: str, *parts: Paper) -> None:
        super().__init__()
        self.zone = zone
        self.parts = parts

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.zone!r}, {', '.join(map(repr, self.parts))})"

    @abstractmethod
    def open_when(self, parts: tuple[int, ...]) -> bool:
        """Whether a minute is open, given which parts are open in it."""

    def paint(self, number: int) -> bytes:
        pages = [part.page(number) for part in self.parts]
        return bytes(self.open_when(minute) for minute in zip(*pages, strict=True))

    def find_spans_on(self, day: date) -> list[tuple[int, int]]:
        """Walks through every minute in which the wall clock shows the date."""
        spans: list[tuple[int, int]] = []
        start = as_opening("UTC", on(day, 0))
        for at in range(start - 15 * HOUR, start + 39 * HOUR, MINUTE):
            if self.is_open(at) and self.local_date(at) == day:
                if spans and spans[-1][1] == at:
                    spans[-1] = (spans[-1][0], at + MINUTE)
                else:
                    spans.append((at, at + MINUTE))
        return spans


class Union(Combined):
    def open_when(self, parts: tuple[int, ...]) -> bool:
        return any(parts)


class Intersection(Combined):
    def open_when(self, parts: tuple[int, ...]) -> bool:
        return all(parts)


class Complement(Combined):
    def open_when(self, parts: tuple[int, ...]) -> bool:
        return not any(parts)


class Always(Combined):
    """Built in: every minute of every day."""

    def __init__(self, zone: str = "UTC") -> None:
        super().__init__(zone)

    def paint(self, number: int) -> bytes:
        return b"\1" * PAGE

    def open_when(self, parts: tuple[int, ...]) -> bool:
        return True
