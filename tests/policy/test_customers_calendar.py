"""The customer's calendar: only the parts that are used are asked for, and each date takes those in force."""

from datetime import date
from typing import Any

import pytest

from duly.core import instant
from duly.core.calendar.values import Calendar, Editions
from duly.core.open_time import OpenTime
from duly.core.terms import Terms
from duly.policy import (
    PolicyErrors,
    UnusableInputError,
    bind,
    customers_calendar,
    read,
    subscription,
)

POLICY = """\
duly: 1
policy: example
version: "1"
effective: 2026-01-01
calendars:
  theirs: {zone: customer, week: {mon-fri: 09:00-17:00}}
  ours: {zone: Europe/Berlin, week: {mon-fri: 09:00-17:00}, holidays: customer}
  moving:
    - {zone: customer, week: {mon-fri: 08:00-16:00}}
    - {from: 2026-07-01, zone: customer, week: {mon-fri: 10:00-18:00}}
priorities: [1]
plans:
  zone: {hours: theirs, targets: {first_response: {1: 1 business hour}}}
  holidays: {hours: ours, targets: {first_response: {1: 1 business hour}}}
  moving: {hours: moving, targets: {first_response: {1: 1 business hour}}}
  whole: {hours: customer, targets: {first_response: {1: 1 business hour}}}
"""


def terms(plan: str, customer: Any) -> Terms:
    return bind(read(POLICY), subscription({"plan": plan, "calendars": {"customer": customer}}))


def opens(found: Terms, name: str, after: str) -> str:
    opening = OpenTime(name, found.calendars).next_open(instant.parse(after))
    assert opening is not None
    return instant.text(opening)


def test_a_zone_alone_is_enough_for_a_calendar_that_asks_for_the_zone() -> None:
    # Nine in Kolkata is half past three in UTC.
    found = terms("zone", {"zone": "Asia/Kolkata"})
    assert opens(found, "theirs", "2026-06-15T00:00Z") == "2026-06-15T03:30:00Z"


def test_holidays_alone_are_enough_for_a_calendar_that_asks_for_holidays() -> None:
    rule = terms("holidays", {"holidays": ["01-26"]}).calendars["ours"]
    assert isinstance(rule, Calendar)
    assert rule.holidays.fall_on(date(2027, 1, 26))


def test_the_part_that_is_used_and_missing_is_named() -> None:
    with pytest.raises(UnusableInputError, match=r"zone .* `theirs`.*customer: {zone: Asia"):
        terms("zone", {"holidays": ["01-26"]})
    with pytest.raises(UnusableInputError, match="`customer` is used whole: `week` is missing"):
        terms("whole", {"zone": "Asia/Kolkata"})
    with pytest.raises(UnusableInputError, match="needs zone of its own"):
        terms("zone", {"zone": "customer"})


def test_each_date_takes_the_customers_parts_that_are_in_force() -> None:
    moved = [{"zone": "Asia/Kolkata"}, {"from": "2026-06-16", "zone": "UTC"}]
    found = terms("zone", moved)
    assert opens(found, "theirs", "2026-06-15T00:00Z") == "2026-06-15T03:30:00Z"
    assert opens(found, "theirs", "2026-06-15T12:00Z") == "2026-06-16T09:00:00Z"
    holidays = [{"holidays": ["06-15"]}, {"from": "2027-01-01", "holidays": ["06-16"]}]
    found = terms("holidays", holidays)
    # Nine in Berlin is seven in UTC in June. In 2026 the 15th is closed, in 2027 the 16th.
    assert opens(found, "ours", "2026-06-15T00:00Z") == "2026-06-16T07:00:00Z"
    assert opens(found, "ours", "2027-06-15T20:00Z") == "2027-06-17T07:00:00Z"


def test_editions_of_both_sides_meet() -> None:
    customer = [
        {"zone": "UTC"},
        {"from": "2026-04-01", "zone": "Asia/Kolkata"},
        {"from": "2026-10-01", "zone": "Asia/Tokyo"},
    ]
    rule = terms("moving", customer).calendars["moving"]
    assert isinstance(rule, Editions)
    found = [(each.from_on, each.rule.zone, _opening(each.rule)) for each in rule.editions]
    assert found == [
        (None, "UTC", 8),
        (date(2026, 4, 1), "Asia/Kolkata", 8),
        (date(2026, 7, 1), "Asia/Kolkata", 10),
        (date(2026, 10, 1), "Asia/Tokyo", 10),
    ]


def test_before_the_customers_first_edition_it_is_closed() -> None:
    found = terms("zone", [{"from": "2026-06-16", "zone": "UTC"}])
    assert opens(found, "theirs", "2026-06-01T00:00Z") == "2026-06-16T09:00:00Z"


def test_a_customers_calendar_is_kept_with_its_holidays_as_dates() -> None:
    kept: Any = customers_calendar({"holidays": {"country": "DE"}})
    assert "2026-10-03" in kept["holidays"]["dates"]
    with pytest.raises(PolicyErrors, match="give a zone, holidays or a week"):
        customers_calendar({})


def _opening(rule: object) -> int:
    assert isinstance(rule, Calendar)
    return rule.week[0][0].open // 3600
