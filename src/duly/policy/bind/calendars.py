"""Calendars as core rules: choices picked, customers' parts filled in, holidays as dates."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import Literal

from duly.core.calendar.values import DAY, Combined, Editions, Holidays, Hours, Interval, Rule
from duly.core.calendar.values import Calendar as CoreCalendar
from duly.core.calendar.values import Edition as CoreEdition
from duly.policy.bind.holidays import country_dates
from duly.policy.document.calendars import CountryHolidays, CustomerCalendar, Edition
from duly.policy.document.policy import Policy
from duly.policy.document.week import DAYS
from duly.policy.problems import NotGivenError, UnusableInputError

CUSTOMER = "customer"
"""The calendar that the customer fills, and the word for a part that is taken from it."""
EXAMPLES = {"zone": "Asia/Kolkata", "holidays": "[01-26]"}


@dataclass(slots=True)
class Calendars:
    """The calendars of one subscription, resolved by name when they are needed."""

    policy: Policy
    given: Mapping[str, CustomerCalendar]
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
        raise NotGivenError(
            f"choice `{name}`: {said}; give choices: {{{name}: …}}, one of {', '.join(offered)}.",
            choice=name,
        )

    def _add(self, name: str) -> None:
        stated = self.given.get(name) or self.policy.calendars.get(name)
        if stated is None:
            raise NotGivenError(
                f"the calendar `{name}` of the customer is needed; give calendars: "
                f"{{{name}: {{zone: Europe/Berlin, week: {{mon-fri: 09:00-17:00}}}}}}."
            )
        editions = [
            CoreEdition(each.from_, self._rule(name, each)) for each in self._filled(name, stated)
        ]
        first, *later = editions
        since_ever = first.from_on is None and not later
        self.rules[name] = first.rule if since_ever else Editions(tuple(editions))

    def _filled(self, name: str, stated: CustomerCalendar) -> Iterator[Edition]:
        """Yield a calendar's editions with the customer's parts in them: a new one where either side changes.

        Before the customer's first `from` it is closed, as the customer's calendar itself (section 2 rule 6).
        """
        own = as_editions(stated)
        for each, later in zip_longest(own, own[1:]):
            borrowed = _borrowed(each)
            if not borrowed:
                yield each
                continue
            theirs = self._of_customer(name, borrowed)
            for given, change in zip_longest(theirs, theirs[1:]):
                since = max(filter(None, (each.from_, given.from_)), default=None)
                until = min(_start(later), _start(change))
                if since is None or since < until:
                    parts = {part: _part(given, part, name) for part in borrowed}
                    yield each.model_copy(update={"from_": since, **parts})

    def _rule(self, name: str, stated: Edition) -> CoreCalendar | Combined:
        zone = self._zone(stated.zone) if stated.zone else None
        if stated.parts:
            parts = tuple(self.name(part) for part in stated.parts)
            return Combined(op=_op(stated), parts=parts, zone=zone)
        if zone is None or stated.lacks:
            raise UnusableInputError(f"the calendar `{name}` is used whole: {stated.lacks}")
        week = stated.week or {}
        monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
            _hours(week.get(day, ())) for day in DAYS
        )
        return CoreCalendar(
            zone=zone,
            week=(monday, tuesday, wednesday, thursday, friday, saturday, sunday),
            holidays=_holidays(stated),
            days={day: _hours(hours) for day, hours in (stated.days or {}).items()},
            business_days=frozenset(DAYS.index(day) for day in stated.business_days)
            if stated.business_days is not None
            else None,
        )

    def _zone(self, zone: str) -> str:
        return self.choice(zone) if zone in self.policy.choices else zone

    def _of_customer(self, name: str, parts: list[str]) -> tuple[Edition, ...]:
        if name == CUSTOMER:
            raise NotGivenError(f"the customer's calendar needs {parts[0]} of its own.")
        if CUSTOMER not in self.given:
            raise _needed(name, parts)
        return as_editions(self.given[CUSTOMER])


def counts_on_customer(policy: Policy, name: str) -> bool:
    """Whether a calendar is the customer's, or takes a part from it."""
    stated = policy.calendars.get(name)
    return name == CUSTOMER or bool(stated and any(map(_borrowed, as_editions(stated))))


def _borrowed(edition: Edition) -> list[str]:
    return [part for part in EXAMPLES if getattr(edition, part) == CUSTOMER]


def as_editions(stated: CustomerCalendar) -> tuple[Edition, ...]:
    """Give a calendar as its editions, in the order of `from`."""
    return (stated,) if isinstance(stated, Edition) else stated


def _start(edition: Edition | None) -> date:
    return (edition and edition.from_) or date.max


def _part(given: Edition, part: str, name: str) -> object:
    """Take a part of the customer's; holidays that are not given are none, as in any calendar."""
    found: object = getattr(given, part)
    if found == CUSTOMER:
        raise NotGivenError(f"the customer's calendar needs {part} of its own.")
    if found is None and part == "zone":
        raise _needed(name, [part])
    return found


def _needed(name: str, parts: list[str]) -> NotGivenError:
    example = ", ".join(f"{part}: {EXAMPLES[part]}" for part in parts)
    return NotGivenError(
        f"the {parts[0]} of the customer is needed by the calendar `{name}`; "
        f"give calendars: {{customer: {{{example}}}}}."
    )


def _holidays(stated: Edition) -> Holidays:
    found = stated.holidays
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
