"""Due instants where calendars are combined, change, skip a date or never open."""

from dataclasses import replace
from datetime import date

import pytest

from duly.core.calendar.layout import CalendarError
from duly.core.calendar.values import ALWAYS, Calendar, Combined, Edition, Editions, Rule
from duly.core.due import explain
from duly.core.instant import parse
from duly.core.marks import DayRules
from duly.core.quantity import parse as target
from tests.core.calendars import OFFICE, daily, open_time, weekdays
from tests.core.dues import CLOSED, DEFAULT, NEXT_OPENING, SAME_TIME, due


def test_always_counts_the_days_of_utc() -> None:
    assert due("3 business days", "2026-10-21T10:00Z", ALWAYS) == "2026-10-25T00:00"


SUN: dict[str, Rule] = {
    "london": Calendar(zone="Europe/London", week=weekdays((9, 17))),
    "tokyo": Calendar(zone="Asia/Tokyo", week=weekdays((9, 18))),
}


def test_days_of_a_combined_calendar_are_dates_of_its_zone_with_any_open_time() -> None:
    # Tokyo's Monday is open 00:00-09:00Z: from Sunday 16:00 to Monday 01:00 in Los Angeles.
    west = Combined(op="union", parts=("london", "tokyo"), zone="America/Los_Angeles")
    london = replace(west, zone="Europe/London")
    assert due("business day", "2026-01-09T10:00Z", london, others=SUN) == "2026-01-12T17:00"
    assert (
        due("business day", "2026-01-09T10:00Z", west, others=SUN) == "2026-01-12T08:00"
    )  # Sunday's midnight


def test_days_cannot_be_counted_without_a_zone() -> None:
    union = Combined(op="union", parts=("london", "tokyo"))
    assert due("8 business hours", "2026-01-07T20:00Z", union, others=SUN) == "2026-01-08T08:00"
    with pytest.raises(
        CalendarError, match="days cannot be counted on the calendar 'it': give it a `zone`"
    ):
        due("business day", "2026-01-07T10:00Z", union, others=SUN)


def test_the_hours_of_a_date_that_a_zone_skipped_are_those_of_the_date_after() -> None:
    samoa = Calendar(zone="Pacific/Apia", week=weekdays((9, 17)))
    # Thursday, 29 December 2011, then Saturday, 31 with the hours of the Friday that never was.
    start = parse("2011-12-29T10:00-10:00")
    answer = explain(target("1 business day"), start, open_time(samoa), DayRules())
    assert [mark.on for mark in answer.marks] == [date(2011, 12, 31)]
    assert answer.due_at == parse("2011-12-31T17:00+14:00")


def test_a_date_that_a_zone_skipped_is_no_open_day() -> None:
    samoa = Calendar(zone="Pacific/Apia", week=daily((9, 17)))
    thursday = "2011-12-29T10:00-10:00"
    assert due("business day", thursday, samoa) == "2011-12-31T03:00"  # Saturday 31 December
    assert due("2 business days", thursday, samoa) == "2012-01-01T03:00"
    assert due("1 day", thursday, samoa) == "2011-12-31T03:00"
    # Friday's hours moved to a Saturday, which this office does not count: Monday 2 January.
    office = Calendar(
        zone="Pacific/Apia", week=weekdays((9, 17)), business_days=frozenset({0, 1, 2, 3, 4})
    )
    assert due("business day", thursday, office) == "2012-01-02T03:00"


def test_a_moved_calendar_reads_dates_in_the_zone_of_the_edition_in_force() -> None:
    london = Calendar(zone="Europe/London", week=weekdays((9, 17)))
    moved = Editions((Edition(None, OFFICE), Edition(date(2026, 7, 1), london)))
    # 22:30Z is 1 July in Berlin, but London's 1 July begins at 23:00Z.
    assert due("business day", "2026-06-30T22:30Z", moved) == "2026-07-02T16:00"
    assert due("business day", "2026-06-30T21:30Z", moved) == "2026-07-01T16:00"
    assert due("business day", "2026-07-01T22:30Z", moved) == "2026-07-02T16:00"


@pytest.mark.parametrize(
    "words", ["business day", "next business day", "end of business day", "1 day", "2 hours"]
)
@pytest.mark.parametrize("rules", [DEFAULT, NEXT_OPENING, SAME_TIME])
def test_a_calendar_that_never_opens_gives_no_due(words: str, rules: DayRules) -> None:
    assert due(words, "2026-10-21T10:00Z", CLOSED, rules) is None


@pytest.mark.parametrize("words", ["1500 business days", "2000 days", "300 weeks"])
def test_days_beyond_five_years_give_no_due(words: str) -> None:
    assert due(words, "2026-10-21T10:00Z") is None


def test_a_mark_five_years_on_is_in_reach_and_a_second_later_is_not() -> None:
    # 1827 days after 2026-10-21 is 2031-10-22; its close is 17:00.
    assert due("1827 days", "2026-10-21T17:00Z") == "2031-10-22T17:00"
    assert due("1827 days", "2026-10-21T16:59Z") is None


def test_an_edition_reigns_from_its_very_midnight_and_the_first_before_it() -> None:
    july, august = Edition(date(2026, 7, 1), OFFICE), Edition(date(2026, 8, 1), OFFICE)
    hours = open_time(Editions((july, august)))
    midnight = parse("2026-08-01T00:00+02:00")
    assert hours.reign(midnight).edition == date(2026, 8, 1)
    assert hours.reign(midnight - 1).edition == date(2026, 7, 1)
    assert hours.reign(parse("2026-06-01T12:00Z")).edition == date(2026, 7, 1)
