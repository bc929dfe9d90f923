"""Calendars in words: when somebody is there, in which zone, and which holidays count."""

from datetime import date
from itertools import groupby

from duly.policy.document.calendars import Calendar, CountryHolidays, Edition
from duly.policy.document.policy import Policy
from duly.policy.document.week import DAY_MINUTES, DAYS

WHOLE_WEEK = dict.fromkeys(DAYS, ((0, DAY_MINUTES),))


def name_in_words(name: str, policy: Policy) -> str:
    """Say what a calendar's or choice's name means."""
    if name == "always":
        return "round the clock, every day"
    choice = policy.choices.get(name)
    if choice:
        return f"one of {', '.join(choice.of)}, as the customer chooses"
    calendar = policy.calendars.get(name)
    if calendar is None:
        return "the customer's own business hours"
    return calendar_in_words(calendar)


def calendar_in_words(calendar: Calendar) -> str:
    """Describe a calendar, edition by edition."""
    editions = (calendar,) if isinstance(calendar, Edition) else calendar
    said = []
    for edition in editions:
        since = f"from {edition.from_}: " if edition.from_ else ""
        said.append(since + _edition(edition))
    return "; ".join(said)


def _edition(edition: Edition) -> str:
    if edition.union:
        return f"whenever {_list(edition.union, 'or')} is open"
    if edition.intersect:
        return f"whenever {_list(edition.intersect, 'and')} are all open"
    if edition.complement:
        return f"whenever {edition.complement} is closed, holidays included"
    zone = "the customer's zone" if edition.zone == "customer" else edition.zone
    parts = [f"{_week(edition.week or {})} ({zone})", _holidays(edition)]
    parts += [f"{day}: {_intervals(hours)}" for day, hours in (edition.days or {}).items()]
    return ", ".join(part for part in parts if part)


def _week(week: dict[str, tuple[tuple[int, int], ...]]) -> str:
    if week == WHOLE_WEEK:
        return "round the clock"
    days = [(day, week.get(day, ())) for day in DAYS]
    said = []
    for hours, group in groupby(days, key=lambda each: each[1]):
        names = [day.capitalize() for day, _ in group]
        if hours:
            span = names[0] if len(names) == 1 else f"{names[0]}-{names[-1]}"
            said.append(f"{span} {_intervals(hours)}")
    return "; ".join(said) or "closed"


def _intervals(intervals: tuple[tuple[int, int], ...]) -> str:
    return " and ".join(f"{_time(a)}-{_time(b)}" for a, b in intervals) or "closed"


def _time(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    if minutes > DAY_MINUTES:
        return f"{hour - 24:02}:{minute:02} the next day"
    return f"{hour:02}:{minute:02}"


def _holidays(edition: Edition) -> str:
    stated = edition.holidays
    if stated is None:
        return "holidays are not taken out"
    if stated == "unknown":
        return "whether holidays are taken out is not known"
    if stated == "customer":
        return "without the customer's holidays"
    if isinstance(stated, CountryHolidays):
        place = stated.country + (f"-{stated.subdivision}" if stated.subdivision else "")
        also = f" and {_dates(stated.also)}" if stated.also else ""
        but = f", except {_dates(stated.except_)}" if stated.except_ else ""
        return f"without the public holidays of {place}{also}{but}"
    assert not isinstance(stated, str)
    return f"without {_dates(stated)}"


def _dates(days: tuple[date | tuple[int, int], ...]) -> str:
    return _list(tuple(_day(day) for day in days), "and")


def _day(day: date | tuple[int, int]) -> str:
    if isinstance(day, date):
        return day.isoformat()
    return f"{date(2024, *day):%d %B}".lstrip("0")


def _list(names: tuple[str, ...], word: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"
