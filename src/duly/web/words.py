"""Lengths of time and instants in words, in the reader's language and zone."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal
from django.utils.translation import gettext as _

MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the zone and language that instants are written in, and the instant of reading."""

    zone: ZoneInfo
    locale: Locale
    at: datetime


def length(seconds: int, *, open_time: bool = False) -> str:
    """Say a length in at most two units: `42 min`, `2 h 10 min`, `3 d 4 h`.

    Open time is not cut into days, because a day of it is not a day: `31 h`.
    """
    if seconds < MINUTE:
        return _("under 1 min")
    days, rest = (0, seconds) if open_time else divmod(seconds, DAY)
    hours, minutes = rest // HOUR, rest % HOUR // MINUTE
    if days:
        parts = [(_("%(n)s d"), days), (_("%(n)s h"), hours)]
    elif hours >= 10:
        parts = [(_("%(n)s h"), hours)]
    else:
        parts = [(_("%(n)s h"), hours), (_("%(n)s min"), minutes)]
    return " ".join(unit % {"n": number} for unit, number in parts if number)


def span(seconds: int) -> str:
    """Say a length to the second, as a sum needs it: `7 h`, `45 min`, `1 h 30 min 5 s`, `0 min`."""
    hours, rest = divmod(seconds, HOUR)
    minutes, left = divmod(rest, MINUTE)
    parts = ((_("%(n)s h"), hours), (_("%(n)s min"), minutes), (_("%(n)s s"), left))
    said = [unit % {"n": number} for unit, number in parts if number]
    return " ".join(said) or _("%(n)s min") % {"n": 0}


def exact(instant: datetime, reader: Reader) -> str:
    """Say an instant in full: `Mon, 23 Nov 2026, 14:30 CET`; with seconds where they are not nought."""
    local = instant.astimezone(reader.zone)
    day, time = (
        _part("yMMMEd", local, reader),
        _part("Hms" if local.second else "Hm", local, reader),
    )
    return f"{day}, {time} {local.tzname()}"


def short(instant: datetime, reader: Reader) -> str:
    """Say an instant as people do: `today 14:30`, `tomorrow 09:00`, `Mon 09:30`, `3 Dec 09:30`, `3 Dec 2025`."""
    local, today = instant.astimezone(reader.zone), reader.at.astimezone(reader.zone).date()
    away = (local.date() - today).days
    if local.year != today.year and abs(away) > 1:
        return _part("yMMMd", local, reader)
    if -2 < away < 2:
        day = (_("today"), _("tomorrow"), _("yesterday"))[away]
    else:
        day = _part("E" if -7 < away < 7 else "MMMd", local, reader)
    return f"{day} {_part('Hm', local, reader)}"


def day(on: date, reader: Reader) -> str:
    """Say a date: `Mon, 23 Nov 2026`."""
    return format_skeleton("yMMMEd", on, locale=reader.locale)


def size(count: int, reader: Reader) -> str:
    """Say how big a file is: `812 B`, `1.4 kB`, `23 MB`."""
    number, unit = float(count), "B"
    for bigger in ("kB", "MB", "GB"):
        if number < 1000:
            break
        number, unit = number / 1000, bigger
    digits = "0.#" if unit != "B" and number < 10 else "0"
    return f"{format_decimal(number, digits, locale=reader.locale)} {unit}"


def weekday(on: date, reader: Reader) -> str:
    """Say the day of the week: `Mon`."""
    return format_skeleton("E", on, locale=reader.locale)


def short_day(on: date, reader: Reader) -> str:
    """Say a date without its year: `23 Nov`."""
    return format_skeleton("MMMd", on, locale=reader.locale)


def month(first: date, reader: Reader) -> str:
    """Say a month: `October 2026`."""
    return format_skeleton("yMMMM", first, locale=reader.locale)


def short_month(first: date, reader: Reader) -> str:
    """Say a month without its year: `Oct`."""
    return format_skeleton("MMM", first, locale=reader.locale)


def number(amount: Decimal, reader: Reader) -> str:
    """Say a number as the reader's language writes it: `87.5`, `87,5`."""
    return format_decimal(amount, locale=reader.locale)


def _part(skeleton: str, local: datetime, reader: Reader) -> str:
    return format_skeleton(skeleton, local, reader.zone, locale=reader.locale)
