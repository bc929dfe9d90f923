"""Calendars that the tests of core share."""

from duly.core.calendar.values import Calendar, Hours, Interval, Rule
from duly.core.open_time import OpenTime

HOUR = 3600


def hours(*pairs: tuple[float, float]) -> Hours:
    """Intervals from hours of the day: ``hours((9, 12), (13, 17))``."""
    return tuple(Interval(int(open_ * HOUR), int(close * HOUR)) for open_, close in pairs)


def weekdays(*pairs: tuple[float, float]) -> tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]:
    """Monday to Friday alike, closed at the weekend."""
    day = hours(*pairs)
    return (day, day, day, day, day, (), ())


def daily(*pairs: tuple[float, float]) -> tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]:
    """Every day alike."""
    day = hours(*pairs)
    return (day, day, day, day, day, day, day)


OFFICE = Calendar(zone="Europe/Berlin", week=weekdays((9, 17)))


def open_time(calendar: Rule) -> OpenTime:
    """A compiled calendar by itself."""
    return OpenTime("it", {"it": calendar})
