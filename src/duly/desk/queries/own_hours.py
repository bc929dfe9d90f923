"""The calendar of an organisation as a form shows it: each weekday's hours as text, and where holidays come from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from duly.desk.access.actor import Actor
from duly.desk.access.people import may_manage_organisation
from duly.desk.access.require import require
from duly.desk.agreements.say import say
from duly.desk.people.organisation import Organisation
from duly.policy import subscription
from duly.policy.bind.calendars import CUSTOMER, as_editions
from duly.policy.document.calendars import CountryHolidays, Edition
from duly.policy.document.week import DAY_MINUTES, DAYS
from duly.policy.page.hours import calendar_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnHours:
    """One edition; `since` is None where it holds since ever. Days are written as policy files write them."""

    since: date | None = None
    zone: str = ""
    week: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    subdivision: str = ""
    closed: tuple[str, ...] = ()
    worked: tuple[str, ...] = ()
    """Holidays of the country on which they work all the same."""
    days: tuple[str, ...] = ()
    """Dates with hours of their own, as ``2026-12-24: 09:00-13:00``."""
    business_days: tuple[str, ...] = ()
    """Which weekdays count as days; those with hours where none are named."""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptHours:
    """The hours of an organisation as whoever may change them finds them; `zone` is where they are counted now."""

    id: int
    name: str
    zone: ZoneInfo
    now: OwnHours | None


def kept_hours(actor: Actor, organisation_id: int, at: datetime) -> KeptHours:
    """Read the edition in force.

    Raises:
        NotFound: there is no such organisation, or the actor does not keep it up.
    """
    row = Organisation.objects.filter(pk=organisation_id).first()
    require(row is not None and may_manage_organisation(actor, organisation_id))
    assert row is not None
    now = edition_now(own_hours(row.calendar), row.zone, at)
    zone = ZoneInfo(now.zone if now and now.zone else row.zone)
    return KeptHours(id=row.pk, name=row.name, zone=zone, now=now)


def edition_now(hours: Iterable[OwnHours], zone: str, at: datetime) -> OwnHours | None:
    """The edition in force; each begins at midnight in its own zone, else in the organisation's."""
    begun = [
        each
        for each in hours
        if each.since is None or each.since <= at.astimezone(ZoneInfo(each.zone or zone)).date()
    ]
    return begun[-1] if begun else None


def own_hours(calendar: Any) -> tuple[OwnHours, ...]:
    """Read what an organisation has, edition by edition, the latest last."""
    if calendar is None:
        return ()
    held = subscription({"plan": "-", "calendars": {CUSTOMER: calendar}})
    return tuple(map(_edition, as_editions(held.calendars[CUSTOMER])))


def _edition(edition: Edition) -> OwnHours:
    holidays = edition.holidays
    country = holidays if isinstance(holidays, CountryHolidays) else None
    closed = country.also if country else holidays if isinstance(holidays, tuple) else ()
    week = edition.week or {}
    return OwnHours(
        since=edition.from_,
        zone=edition.zone or "",
        week={day: _intervals(week[day]) for day in DAYS if week.get(day)},
        country=country.country if country else "",
        subdivision=(country.subdivision or "") if country else "",
        closed=tuple(map(_day, closed)),
        worked=tuple(map(_day, country.except_)) if country else (),
        days=tuple(f"{on}: {_intervals(hours)}" for on, hours in (edition.days or {}).items()),
        business_days=edition.business_days or (),
        words=calendar_in_words(edition.model_copy(update={"from_": None}), say),
    )


def _intervals(hours: tuple[tuple[int, int], ...]) -> str:
    return ", ".join(f"{_time(start)}-{_time(end)}" for start, end in hours)


def _time(minutes: int) -> str:
    """What lies in the next day is written with that day's own time."""
    hour, minute = divmod(minutes - DAY_MINUTES if minutes > DAY_MINUTES else minutes, 60)
    return f"{hour:02}:{minute:02}"


def _day(day: date | tuple[int, int]) -> str:
    return day.isoformat() if isinstance(day, date) else f"{day[0]:02}-{day[1]:02}"
