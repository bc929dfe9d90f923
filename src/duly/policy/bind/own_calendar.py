"""A calendar that stands alone: a customer's, or an agent's working hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from duly.core.calendar.values import Rule
from duly.policy.bind.holidays import freeze
from duly.policy.bind.terms import bind
from duly.policy.check.hours import never_open
from duly.policy.document.read import read_source
from duly.policy.document.subscription import subscription
from duly.policy.problems import PolicyErrors
from duly.policy.reading.source import Data, Source, plain

OWN = "own"

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
