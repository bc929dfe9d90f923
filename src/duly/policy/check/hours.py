"""Calendars that cannot be meant so: never open, without a zone where days are counted, holidays that run out."""

from collections.abc import Iterator
from datetime import date

from duly.core.calendar.layout import CalendarError
from duly.core.open_time import OpenTime
from duly.core.quantity import Quantity
from duly.policy.bind.calendars import Calendars
from duly.policy.bind.holidays import unknown_country
from duly.policy.check import places
from duly.policy.check.meaning import MONDAY, stand_in, without_holidays
from duly.policy.document.calendars import CountryHolidays, Edition
from duly.policy.document.plans import HoursByPriority
from duly.policy.document.read import Document
from duly.policy.problems import Problem, UnusableInputError


def never_open(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """A clock on a calendar without open time for five years would never be due."""
    undated = without_holidays(document)
    given = stand_in(document, next(iter(document.policy.plans)))
    for name in document.policy.calendars:
        known = Calendars(undated.policy, given.calendars, given.choices)
        try:
            opening = OpenTime(known.name(name), known.rules).next_open(MONDAY)
        except (UnusableInputError, CalendarError):
            continue
        if opening is None:
            message = f"`{name}` is not open at all for five years; nothing on it is ever due."
            yield document.source.problem(("calendars", name), "never-open", message, at_key=True)


def days_need_a_zone(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """Days can be counted on a combined calendar only in a zone of its own."""
    calendars = document.policy.calendars
    combined = {
        name
        for name, calendar in calendars.items()
        if isinstance(calendar, Edition) and calendar.parts and calendar.zone is None
    }
    for root, overlay in places.overlays(document.policy):
        hours = overlay.hours
        for place in places.targets(root, overlay):
            target = place.value
            if target is None or not isinstance(target.within, Quantity):
                continue
            default = hours
            if isinstance(hours, HoursByPriority):
                default = hours.by_priority.get(place.priority, hours.otherwise)
            if target.within.seconds is None and (target.on or default) in combined:
                message = (
                    f"days are counted on `{target.on or default}`, which combines calendars; "
                    "give it a `zone`, so that it is clear whose days they are."
                )
                yield document.source.problem(place.path, "days-need-zone", message)


def unknown_countries(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """The holidays of every country that is named are known."""
    for path, _, edition in places.editions(document.policy):
        stated = edition.holidays
        if isinstance(stated, CountryHolidays) and stated.dates is None:
            fault = unknown_country(stated.country, stated.subdivision)
            if fault:
                yield document.source.problem((*path, "holidays"), "unknown-country", fault)


def holidays_run_out(document: Document, today: date) -> Iterator[Problem]:
    """A list of dates must be continued before its last year ends."""
    for path, _, edition in places.editions(document.policy):
        stated = edition.holidays
        if not isinstance(stated, tuple):
            continue
        years = {day.year for day in stated if isinstance(day, date)}
        if years and max(years) <= today.year:
            message = f"no holiday of {today.year + 1} is listed; add those of the next year."
            yield document.source.problem((*path, "holidays"), "holidays-run-out", message)


def holidays_unknown(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """Unknown holidays remove nothing, which a customer may read otherwise."""
    for path, _, edition in places.editions(document.policy):
        if edition.holidays == "unknown":
            message = "the holidays are unknown, so every date counts; ask the provider."
            yield document.source.problem((*path, "holidays"), "holidays-unknown", message)


def unused(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """A calendar that nothing names may be a slip."""
    policy = document.policy
    named = {
        name
        for root, overlay in places.overlays(policy)
        for _, name in places.calendar_names(root, overlay)
    }
    named |= {part for _, _, edition in places.editions(policy) for part in edition.parts}
    named |= {name for choice in policy.choices.values() for name in choice.of}
    for name in policy.calendars:
        if name not in named and name != "customer":
            message = f"nothing uses the calendar `{name}`."
            path = ("calendars", name)
            yield document.source.problem(path, "unused-calendar", message, at_key=True)
