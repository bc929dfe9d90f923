"""The days that a report is about, in its reader's zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
LONGEST = timedelta(days=2 * 366)
"""Two years: what lies further apart is asked for in parts."""


class Span(StrEnum):
    """The periods that are offered by name."""

    THIS_MONTH = "this-month"
    LAST_MONTH = "last-month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included, from midnight to midnight in a zone."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def begins_at(self) -> datetime:
        """The first instant."""
        return _midnight(self.first, self.zone)

    @property
    def ends_at(self) -> datetime:
        """The first instant behind it."""
        return _midnight(self.last + DAY, self.zone)


def period(first: date | None, last: date | None, *, at: datetime, zone: ZoneInfo) -> Period:
    """Complete what was asked: without days the last twelve months, this one included; never more than two years."""
    last = last or at.astimezone(zone).date()
    first = first or months_before(last.replace(day=1), 11)
    first, last = min(first, last), max(first, last)
    return Period(max(first, last - LONGEST), last, zone)


def named(span: Span, *, at: datetime, zone: ZoneInfo) -> Period:
    """A period by its name: months of the calendar, the quarter being the last three."""
    today = at.astimezone(zone).date()
    month = today.replace(day=1)
    match span:
        case Span.THIS_MONTH:
            return Period(month, today, zone)
        case Span.LAST_MONTH:
            return Period(months_before(month, 1), month - DAY, zone)
        case Span.QUARTER:
            return Period(months_before(month, 2), today, zone)
        case Span.YEAR:
            return Period(months_before(month, 11), today, zone)


def month_of(first: date, zone: ZoneInfo) -> Period:
    """The whole month that begins on a day."""
    return Period(first, months_before(first, -1) - DAY, zone)


def months_of(period: Period) -> list[Period]:
    """The months of which something lies in a period, whole, the newest first."""
    found = [month_of(period.last.replace(day=1), period.zone)]
    while found[-1].first > period.first:
        found.append(month_of(months_before(found[-1].first, 1), period.zone))
    return found


def months_before(first: date, count: int) -> date:
    """The first day of an earlier month, or of a later one for a negative count."""
    years, month = divmod(first.year * 12 + first.month - 1 - count, 12)
    return date(years, month + 1, 1)


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(), zone)
