"""Calendars in words: when somebody is there, in which zone, and which holidays count."""

from datetime import date
from itertools import groupby

from duly.policy.document.calendars import Calendar, CountryHolidays, Edition
from duly.policy.document.policy import Policy
from duly.policy.document.week import DAY_MINUTES, DAYS
from duly.policy.page.say import Say, english, phrase

MONTHS = (
    phrase("January"),
    phrase("February"),
    phrase("March"),
    phrase("April"),
    phrase("May"),
    phrase("June"),
    phrase("July"),
    phrase("August"),
    phrase("September"),
    phrase("October"),
    phrase("November"),
    phrase("December"),
)
WEEKDAYS = {
    "mon": phrase("Mon"),
    "tue": phrase("Tue"),
    "wed": phrase("Wed"),
    "thu": phrase("Thu"),
    "fri": phrase("Fri"),
    "sat": phrase("Sat"),
    "sun": phrase("Sun"),
}
WHOLE_WEEK = dict.fromkeys(DAYS, ((0, DAY_MINUTES),))


def name_in_words(name: str, policy: Policy, say: Say = english) -> str:
    """Say what a calendar's or choice's name means."""
    if name == "always":
        return say("round the clock, every day")
    choice = policy.choices.get(name)
    if choice:
        return say("one of {names}, as the customer chooses").format(names=", ".join(choice.of))
    calendar = policy.calendars.get(name)
    if calendar is None:
        return say("the customer's own business hours")
    return calendar_in_words(calendar, say)


def calendar_in_words(calendar: Calendar, say: Say = english) -> str:
    """Describe a calendar, edition by edition."""
    editions = (calendar,) if isinstance(calendar, Edition) else calendar
    said = []
    for edition in editions:
        words = _edition(edition, say)
        if edition.from_:
            day = day_in_words(edition.from_, say)
            words = say("from {day}: {hours}").format(day=day, hours=words)
        said.append(words)
    return "; ".join(said)


def _edition(edition: Edition, say: Say) -> str:
    if edition.union:
        named = _list(edition.union, say("or"))
        return say("whenever {calendars} is open").format(calendars=named)
    if edition.intersect:
        named = _list(edition.intersect, say("and"))
        return say("whenever {calendars} are all open").format(calendars=named)
    if edition.complement:
        closed = say("whenever {calendar} is closed, holidays included")
        return closed.format(calendar=edition.complement)
    zone = say("the customer's zone") if edition.zone == "customer" else edition.zone
    parts = [f"{_week(edition.week or {}, say)} ({zone})", _holidays(edition, say)]
    parts += [
        f"{day_in_words(day, say)}: {_intervals(hours, say)}"
        for day, hours in (edition.days or {}).items()
    ]
    return ", ".join(part for part in parts if part)


def _week(week: dict[str, tuple[tuple[int, int], ...]], say: Say) -> str:
    if week == WHOLE_WEEK:
        return say("round the clock")
    days = [(day, week.get(day, ())) for day in DAYS]
    said = []
    for hours, group in groupby(days, key=lambda each: each[1]):
        names = [say(WEEKDAYS[day]) for day, _ in group]
        if hours:
            span = names[0] if len(names) == 1 else f"{names[0]}-{names[-1]}"
            said.append(f"{span} {_intervals(hours, say)}")
    return "; ".join(said) or say("closed")


def _intervals(intervals: tuple[tuple[int, int], ...], say: Say) -> str:
    joined = f" {say('and')} ".join(f"{_time(a)}-{_time(b, say)}" for a, b in intervals)
    return joined or say("closed")


def _time(minutes: int, say: Say = english) -> str:
    hour, minute = divmod(minutes, 60)
    if minutes > DAY_MINUTES:
        return say("{time} the next day").format(time=f"{hour - 24:02}:{minute:02}")
    return f"{hour:02}:{minute:02}"


def _holidays(edition: Edition, say: Say) -> str:
    stated = edition.holidays
    if stated is None:
        return say("holidays are not taken out")
    if stated == "unknown":
        return say("whether holidays are taken out is not known")
    if stated == "customer":
        return say("without the customer's holidays")
    if isinstance(stated, CountryHolidays):
        place = stated.country + (f"-{stated.subdivision}" if stated.subdivision else "")
        said = say("without the public holidays of {place}").format(place=place)
        if stated.also:
            said += f" {say('and')} {_dates(stated.also, say)}"
        if stated.except_:
            said += ", " + say("except {days}").format(days=_dates(stated.except_, say))
        return said
    assert not isinstance(stated, str)
    return say("without {days}").format(days=_dates(stated, say)) if stated else ""


def _dates(days: tuple[date | tuple[int, int], ...], say: Say) -> str:
    return _list(tuple(day_in_words(day, say) for day in days), say("and"))


def day_in_words(day: date | tuple[int, int], say: Say) -> str:
    """A day of one year, or of every year without it."""
    month, number = (day.month, day.day) if isinstance(day, date) else day
    said = say("{day} {month}").format(day=number, month=say(MONTHS[month - 1]))
    return f"{said} {day.year}" if isinstance(day, date) else said


def _list(names: tuple[str, ...], word: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"
