"""Months, quarters and years of a zone: the periods in which a contract counts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from duly.core.instant import Instant, Seconds
from duly.core.spans import Span


class Per(StrEnum):
    """The length of a period."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months it has."""
        return {Per.MONTH: 1, Per.QUARTER: 3, Per.YEAR: 12}[self]


@dataclass(frozen=True, slots=True)
class Period:
    """A month, quarter or year of local dates in a zone."""

    per: Per
    zone: str
    first: date

    @property
    def name(self) -> str:
        """``2026-04``, ``2026-Q2`` or ``2026``."""
        if self.per is Per.YEAR:
            return f"{self.first.year}"
        if self.per is Per.QUARTER:
            return f"{self.first.year}-Q{self.first.month // 3 + 1}"
        return f"{self.first.year}-{self.first.month:02}"

    @property
    def span(self) -> Span:
        """From the local midnight that opens it to the one that ends it."""
        return Span(_midnight(self.first, self.zone), _midnight(self.next.first, self.zone))

    @property
    def seconds(self) -> Seconds:
        """Its length, clock changes included."""
        return self.span.end - self.span.start

    @property
    def next(self) -> "Period":
        """The period after it."""
        months = self.first.year * 12 + self.first.month - 1 + self.per.months
        return Period(self.per, self.zone, date(months // 12, months % 12 + 1, 1))


def period(at: Instant, per: Per, zone: str) -> Period:
    """The period of a zone in which an instant lies.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: there is no such IANA zone.
    """
    local = datetime.fromtimestamp(at, ZoneInfo(zone))
    month = (local.month - 1) // per.months * per.months + 1
    return Period(per, zone, date(local.year, month, 1))


def _midnight(day: date, zone: str) -> Instant:
    """The first instant of a local date; a midnight that does not exist moves forward by the gap."""
    local = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    return int(local.astimezone(UTC).timestamp())
