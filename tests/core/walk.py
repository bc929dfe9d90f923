"""The rules of the contract once more, by zoneinfo and loops over dates: slow, and plain to check."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from duly.core.calendar.values import Calendar, Interval
from duly.core.instant import parse

DAY = 86_400
QUARTER = 900
"""Every time that is drawn here, and every offset since 2000, is a multiple of it."""

QUARTERS = st.integers(0, 95).map(lambda quarter: quarter * QUARTER)
INTERVALS = st.builds(Interval, QUARTERS, QUARTERS.map(lambda seconds: seconds + QUARTER))
DAYS = st.lists(INTERVALS, max_size=3).map(tuple)
WEEKS = st.tuples(DAYS, DAYS, DAYS, DAYS, DAYS, DAYS, DAYS)
ZONES = st.sampled_from(sorted(available_timezones()))
CHANGES = [
    "2011-12-29T00:00Z",  # Samoa skips a day
    "2018-11-03T00:00Z",  # Brazil skips midnight
    "2024-03-09T00:00Z",  # Ramadan in Morocco, spring in America
    "2026-03-28T00:00Z",
    "2026-04-04T00:00Z",  # Lord Howe gains half an hour
    "2026-10-24T00:00Z",
]
ANYWHEN = st.integers(parse("2000-01-01T00:00Z"), parse("2040-01-01T00:00Z"))
WHEN = st.sampled_from(CHANGES).map(parse) | ANYWHEN.map(lambda at: at // QUARTER * QUARTER)


def instant(day: date, seconds: int, zone: ZoneInfo, *, closing: bool) -> int:
    """A local time, forward by the gap; the first of two as an opening, the second as a closing."""
    wall = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(seconds=seconds)
    first, last = (int(wall.replace(fold=fold).timestamp()) for fold in (0, 1))
    return max(first, last) if closing else first


def hours_of(calendar: Calendar, day: date) -> list[tuple[int, int]]:
    """The hours that start on a date, in instants."""
    zone = ZoneInfo(calendar.zone)
    found = []
    for interval in calendar.week[day.weekday()]:
        until = interval.close + (DAY if interval.close <= interval.open else 0)
        opens = instant(day, interval.open, zone, closing=False)
        closes = instant(day, until, zone, closing=True)
        if opens < closes:
            found.append((opens, closes))
    return sorted(found)


def open_quarters(calendar: Calendar, start: int, days: int) -> list[int]:
    """Every open quarter of an hour of so many days."""
    begin = datetime.fromtimestamp(start, UTC).date()
    found: set[int] = set()
    for n in range(-3, days + 3):
        for opens, closes in hours_of(calendar, begin + timedelta(days=n)):
            found.update(range(opens, closes, QUARTER))
    return sorted(at for at in found if start <= at < start + days * DAY)


def exists(day: date, zone: ZoneInfo) -> bool:
    """Whether the zone had that date."""
    return datetime.fromtimestamp(instant(day, 0, zone, closing=False), zone).date() == day
