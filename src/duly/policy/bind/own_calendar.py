"""A calendar that stands alone: a customer's, or an agent's working hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from duly.core.calendar.values import Rule
from duly.policy.bind.calendars import CUSTOMER, as_editions
from duly.policy.bind.holidays import freeze, frozen
from duly.policy.bind.terms import bind
from duly.policy.check.hours import never_open
from duly.policy.document.read import read_source
from duly.policy.document.subscription import subscription
from duly.policy.problems import PolicyErrors, Problem, UnusableInputError
from duly.policy.reading.source import Data, Source, plain

OWN = "own"
NOTHING = "give a zone, holidays or a week, e.g. zone: Europe/Berlin."

_ALONE: Mapping[str, Data] = {
    "duly": "1",
    "policy": "calendar",
    "version": "1",
    "effective": "2000-01-01",
    "priorities": ["1"],
    "plans": {"plan": {"hours": OWN, "targets": {"first_response": {"1": "1 business hour"}}}},
}
"""A calendar alone is read as a policy that has nothing else, so that it is checked like any other."""


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """A sound calendar: as data with its holidays as dates, and as the rules by name that core compiles."""

    data: Data
    rules: Mapping[str, Rule]


def own_calendar(given: object) -> OwnCalendar:
    """Read a calendar in the words of the policy language: hours of its own, or a list of editions.

    Raises:
        PolicyErrors: it is none, needs another calendar, or is never open.
        UnusableInputError: it needs something of a customer.
    """
    document = read_source(Source(data={**_ALONE, "calendars": {OWN: plain(given)}}))
    problems = list(never_open(document, date.min))
    if problems:
        raise PolicyErrors(problems)
    document = freeze(document)
    data = document.source.data
    assert isinstance(data, dict)
    calendars = data["calendars"]
    assert isinstance(calendars, dict)
    return OwnCalendar(calendars[OWN], bind(document, subscription({"plan": "plan"})).calendars)


def customers_calendar(given: object) -> Data:
    """Read what a customer gives of a calendar: a whole one, or only the parts that a policy asks for.

    Raises:
        PolicyErrors: it is none, gives nothing, needs another calendar, or is never open.
        UnusableInputError: it leaves something to a customer in turn, or a country is not known.
    """
    held = subscription({"plan": "plan", "calendars": {CUSTOMER: plain(given)}})
    editions = as_editions(held.calendars[CUSTOMER])
    if not any(each.lacks for each in editions):
        return own_calendar(given).data
    for each in editions:
        if not (each.zone or each.week or each.holidays or each.days):
            raise PolicyErrors([Problem(code="missing-key", message=NOTHING)])
        for part in (each.zone, each.holidays):
            if part == CUSTOMER:
                raise UnusableInputError("the customer's zone and holidays are its own.")
    return frozen(plain(given))
