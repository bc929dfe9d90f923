"""Calendars as core rules: choices picked, customers' parts filled in, holidays as dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from duly.core.calendar.values import DAY, Combined, Editions, Holidays, Hours, Interval, Rule
from duly.core.calendar.values import Calendar as CoreCalendar
from duly.core.calendar.values import Edition as CoreEdition
from duly.policy.bind.holidays import country_dates
from duly.policy.document.calendars import Calendar, CountryHolidays, Edition
from duly.policy.document.policy import Policy
from duly.policy.document.week import DAYS
from duly.policy.problems import UnusableInputError


@dataclass(slots=True)
class Calendars:
    """The calendars of one subscription, resolved by name when they are needed."""

    policy: Policy
    given: Mapping[str, Calendar]
    """What the subscription brings, `customer` above all."""
    choices: Mapping[str, str]
    rules: dict[str, Rule] = field(default_factory=dict)

    def name(self, stated: str) -> str:
        """Resolve a stated name to that of a calendar, with all that it is made of.

        Raises:
            UnusableInputError: the customer's calendar or choice is needed and was not given.
        """
        if stated in self.policy.choices:
            return self.name(self.choice(stated))
        if stated != "always" and stated not in self.rules:
            self._add(stated)
        return stated

    def choice(self, name: str) -> str:
        """Give what the subscription picked.

        Raises:
            UnusableInputError: nothing was picked, or something that is not on offer.
        """
        offered = self.policy.choices[name].of
        picked = self.choices.get(name)
        if picked in offered:
            return picked
        said = f"`{picked}` is not on offer" if picked else "nothing was chosen"
        raise UnusableInputError(
            f"choice `{name}`: {said}; give choices: {{{name}: …}}, one of {', '.join(offered)}."
        )

    def _add(self, name: str) -> None:
        stated = self.given.get(name) or self.policy.calendars.get(name)
        if stated is None:
            raise UnusableInputError(
                f"the calendar `{name}` of the customer is needed; give calendars: "
                f"{{{name}: {{zone: Europe/Berlin, week: {{mon-fri: 09:00-17:00}}}}}}."
            )
        if isinstance(stated, Edition):
            self.rules[name] = self._rule(name, stated)
        else:
            editions = [CoreEdition(each.from_, self._rule(name, each)) for each in stated]
            self.rules[name] = Editions(tuple(editions))

    def _rule(self, name: str, stated: Edition) -> CoreCalendar | Combined:
        zone = self._zone(name, stated.zone) if stated.zone else None
        if stated.parts:
            parts = tuple(self.name(part) for part in stated.parts)
            return Combined(op=_op(stated), parts=parts, zone=zone)
        assert zone is not None
        week = stated.week or {}
        monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
            _hours(week.get(day, ())) for day in DAYS
        )
        return CoreCalendar(
            zone=zone,
            week=(monday, tuesday, wednesday, thursday, friday, saturday, sunday),
            holidays=self._holidays(name, stated),
            days={day: _hours(hours) for day, hours in (stated.days or {}).items()},
            business_days=frozenset(DAYS.index(day) for day in stated.business_days)
            if stated.business_days is not None
            else None,
        )

    def _zone(self, name: str, zone: str) -> str:
        if zone in self.policy.choices:
            return self.choice(zone)
        if zone != "customer":
            return zone
        zone = self._of_customer(name, "zone").zone or ""
        if not zone or zone == "customer":
            raise UnusableInputError("the customer's calendar needs a zone of its own.")
        return zone

    def _holidays(self, name: str, stated: Edition) -> Holidays:
        found = stated.holidays
        if found == "customer":
            found = self._of_customer(name, "holidays").holidays
        if found == "customer":
            raise UnusableInputError("the customer's holidays must be given as dates.")
        if found == "unknown":
            return Holidays(known=False)
        if found is None:
            return Holidays()
        if isinstance(found, CountryHolidays):
            dates, yearly = _split(found.also)
            exceptions, never = _split(found.except_)
            country = found.dates
            if country is None:
                country = tuple(country_dates(found.country, found.subdivision))
            kept = {day for day in country if (day.month, day.day) not in never}
            return Holidays(dates=dates | kept, yearly=yearly - never, exceptions=exceptions)
        assert not isinstance(found, str)
        dates, yearly = _split(found)
        return Holidays(dates=dates, yearly=yearly)

    def _of_customer(self, name: str, what: str) -> Edition:
        customer = self.given.get("customer")
        if isinstance(customer, tuple):
            customer = customer[-1]
        if customer is None or name == "customer":
            raise UnusableInputError(
                f"the {what} of the customer is needed by the calendar `{name}`; give calendars: "
                "{customer: {zone: …, week: …, holidays: …}}."
            )
        return customer


def _op(stated: Edition) -> Literal["union", "intersect", "complement"]:
    if stated.union:
        return "union"
    return "intersect" if stated.intersect else "complement"


def _hours(intervals: Iterable[tuple[int, int]]) -> Hours:
    found = []
    for start, end in intervals:
        close = end * 60 if end * 60 <= DAY else end * 60 - DAY
        found.append(Interval(start * 60, close))
    return tuple(found)


def _split(
    days: Iterable[date | tuple[int, int]],
) -> tuple[frozenset[date], frozenset[tuple[int, int]]]:
    stated = list(days)
    dates = frozenset(day for day in stated if isinstance(day, date))
    return dates, frozenset(day for day in stated if not isinstance(day, date))
