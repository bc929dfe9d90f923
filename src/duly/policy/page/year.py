"""A calendar laid out over one year: each local date with its open hours and what is special about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from duly.core.calendar.civil import Civil, civil
from duly.core.calendar.layout import EPOCH, find
from duly.core.calendar.values import DAY, Calendar, Combined, Editions, Rule
from duly.core.instant import Seconds
from duly.core.open_time import OpenTime
from duly.core.spans import Span
from duly.policy.bind.holidays import country_names
from duly.policy.reading.source import Data

YEARS = range(2001, 2050)
"""The years that can be painted: those whose holidays are known, with a margin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfYear:
    """A local date. `open` are local seconds from its midnight, `shift` by how much clocks go forward on it.

    `has_own_hours`: the calendar says something of this date alone, such as a half day.
    """

    on: date
    open: tuple[tuple[Seconds, Seconds], ...]
    is_holiday: bool
    holiday: str
    has_own_hours: bool
    begins_edition: bool
    shift: Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfYear:
    """A month with the open time in it, to the second."""

    first: date
    days: tuple[DayOfYear, ...]
    seconds: Seconds

    @property
    def open_days(self) -> int:
        """How many dates have any open time."""
        return sum(bool(day.open) for day in self.days)


@dataclass(frozen=True, slots=True)
class Year:
    """The whole; `zone` is where its dates are read."""

    number: int
    zone: str
    months: tuple[MonthOfYear, ...]

    @property
    def seconds(self) -> Seconds:
        """The open time of the year."""
        return sum(month.seconds for month in self.months)


def year_of(name: str, rules: Mapping[str, Rule], year: int, holidays: Mapping[date, str]) -> Year:
    """Lay out a calendar of bound rules; `holidays` gives the names of holidays that have one.

    Raises:
        CalendarError: the calendar, or a part of it, is unknown.
        ValueError: the year is not one of `YEARS`.
    """
    if year not in YEARS:
        raise ValueError(f"{year} is not between {YEARS[0]} and {YEARS[-1]}")
    layout = _Layout(OpenTime(name, rules), rules, find(name, rules), year)
    firsts = [date(year, month, 1) for month in range(1, 13)]
    months = tuple(
        layout.month(first, end, holidays)
        for first, end in pairwise([*firsts, date(year + 1, 1, 1)])
    )
    return Year(year, layout.zone, months)


def holiday_names(calendar: Data, year: int) -> Mapping[date, str]:
    """Name the holidays of the countries that a calendar in plain data takes out, in the country's own language."""
    found: dict[date, str] = {}
    for edition in calendar if isinstance(calendar, list) else [calendar]:
        stated = edition.get("holidays") if isinstance(edition, dict) else None
        if isinstance(stated, dict) and isinstance(country := stated.get("country"), str):
            part = stated.get("subdivision")
            found |= country_names(country, part if isinstance(part, str) else None, year)
    return found


@dataclass(frozen=True, slots=True)
class _Layout:
    hours: OpenTime
    rules: Mapping[str, Rule]
    rule: Rule
    year: int

    @property
    def zone(self) -> str:
        return _zone(self.rule, self.rules) or "UTC"

    def month(self, first: date, end: date, holidays: Mapping[date, str]) -> MonthOfYear:
        days = tuple(
            self.day(first + timedelta(days=n), holidays) for n in range((end - first).days)
        )
        local = self.civil()
        since, until = (local.opening((day.toordinal() - EPOCH) * DAY) for day in (first, end))
        return MonthOfYear(first=first, days=days, seconds=self.hours.elapsed(since, until))

    def day(self, on: date, holidays: Mapping[date, str]) -> DayOfYear:
        local = self.civil()
        midnight = (on.toordinal() - EPOCH) * DAY
        whole = Span(local.opening(midnight), local.opening(midnight + DAY))
        rule = _in_force(self.rule, on)
        is_holiday = isinstance(rule, Calendar) and rule.holidays.fall_on(on)
        return DayOfYear(
            on=on,
            open=tuple(self._local(local, whole, midnight)),
            is_holiday=is_holiday,
            holiday=holidays.get(on, "") if is_holiday else "",
            has_own_hours=isinstance(rule, Calendar) and on in rule.days,
            begins_edition=isinstance(self.rule, Editions)
            and any(each.from_on == on for each in self.rule.editions),
            shift=_shift(local, whole),
        )

    def _local(self, local: Civil, whole: Span, midnight: int) -> Iterator[tuple[Seconds, Seconds]]:
        for span in self.hours.spans(whole.start, whole.end):
            start = local.local(span.start) - midnight
            end = local.local(span.end) - midnight
            if start < end:
                yield max(start, 0), min(end, DAY)

    def civil(self) -> Civil:
        since, until = (
            int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
            for year in (self.year - 1, self.year + 2)
        )
        return civil(self.zone, Span(since, until))


def _shift(local: Civil, whole: Span) -> Seconds:
    """By how much clocks go forward on a date; negative where they go back."""
    steps = zip(local.changes, pairwise(local.offsets), strict=True)
    return sum(new - old for at, (old, new) in steps if whole.start <= at < whole.end)


def _in_force(rule: Rule, on: date) -> Rule | None:
    if not isinstance(rule, Editions):
        return rule
    begun = [each for each in rule.editions if each.from_on is None or each.from_on <= on]
    return begun[-1].rule if begun else None


def _zone(rule: Rule, rules: Mapping[str, Rule]) -> str | None:
    """Where dates are read: of a combined calendar without a zone, where its first part that has one reads them."""
    if isinstance(rule, Editions):
        return _zone(rule.editions[-1].rule, rules)
    if isinstance(rule, Combined) and rule.zone is None:
        zones = (_zone(find(part, rules), rules) for part in rule.parts if part != "always")
        return next((zone for zone in zones if zone), None)
    return rule.zone
