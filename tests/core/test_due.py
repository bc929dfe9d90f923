"""Due instants of every quantity and mode."""

from dataclasses import replace
from datetime import date

import pytest

from duly.core.calendar.values import Calendar, Holidays
from duly.core.due import due_at, explain
from duly.core.instant import parse
from duly.core.marks import DayRules
from duly.core.quantity import parse as target
from tests.core.calendars import OFFICE, daily, hours, open_time, weekdays
from tests.core.dues import (
    DEFAULT,
    NEXT_OPENING,
    OPEN_HOURS,
    SAME_TIME,
    UTC_OFFICE,
    due,
    paused_due,
    spans,
)

# October 2026: the 19th and 26th are Mondays, the 21st a Wednesday, the 23rd a Friday.


@pytest.mark.parametrize(
    ("words", "start", "expected"),
    [
        ("90 minutes", "2026-10-23T16:00Z", "2026-10-26T09:30"),
        ("30 business minutes", "2026-10-23T16:45Z", "2026-10-26T09:15"),
        ("8 business hours", "2026-10-23T16:00Z", "2026-10-26T16:00"),
        ("every 2 hours", "2026-10-23T09:00Z", "2026-10-23T11:00"),
    ],
)
def test_minutes_and_hours_are_open_time_of_the_calendar_given(
    words: str, start: str, expected: str
) -> None:
    assert due(words, start) == expected


@pytest.mark.parametrize("words", ["best effort", "continuous", "none"])
def test_what_is_untimed_is_never_due(words: str) -> None:
    assert due(words, "2026-10-21T10:00Z") is None
    with pytest.raises(ValueError, match=f"{words} has no due instant to explain"):
        explain(target(words), 0, open_time(OFFICE), DEFAULT)


@pytest.mark.parametrize(
    ("words", "start", "expected"),
    [
        ("business day", "2026-10-21T10:00Z", "2026-10-22T17:00"),
        ("3 business days", "2026-10-21T10:00Z", "2026-10-26T17:00"),  # Thursday, Friday, Monday
        ("business day", "2026-10-21T07:00Z", "2026-10-22T17:00"),
        ("business day", "2026-10-23T20:00Z", "2026-10-26T17:00"),
        ("business day", "2026-10-24T10:00Z", "2026-10-26T17:00"),
        ("next business day", "2026-10-21T10:00Z", "2026-10-22T17:00"),
    ],
)
def test_the_nth_open_day_after_the_date_of_the_start(
    words: str, start: str, expected: str
) -> None:
    assert due(words, start) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-10-21T10:00Z", "2026-10-22T17:00"),
        ("2026-10-21T07:00Z", "2026-10-22T17:00"),  # the next opening is on the same date
        ("2026-10-21T17:00Z", "2026-10-23T17:00"),  # closed at the close: counts from Thursday
        ("2026-10-24T10:00Z", "2026-10-27T17:00"),
    ],
)
@pytest.mark.parametrize("words", ["business day", "next business day"])
def test_outside_hours_days_may_count_from_the_next_opening(
    words: str, start: str, expected: str
) -> None:
    assert due(words, start, rules=NEXT_OPENING) == expected


def test_the_local_date_of_the_start_decides() -> None:
    # 22:30Z on Wednesday is Thursday 00:30 in Berlin: one business day is Friday.
    assert due("business day", "2026-10-21T22:30Z", OFFICE) == "2026-10-23T15:00"


LUNCH = Calendar(zone="UTC", week=weekdays((9, 12), (13, 17)))


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-10-21T10:15Z", "2026-10-22T10:15"),
        ("2026-10-21T20:00Z", "2026-10-22T17:00"),  # back to the close
        ("2026-10-21T07:00Z", "2026-10-22T09:00"),  # on to the opening
        ("2026-10-21T12:00Z", "2026-10-22T12:00"),  # a closing is still within its hours
        ("2026-10-21T12:30Z", "2026-10-22T13:00"),  # out of the break
        ("2026-10-23T10:15Z", "2026-10-26T10:15"),
    ],
)
def test_the_same_local_time_is_moved_into_the_hours_of_its_day(start: str, expected: str) -> None:
    assert due("business day", start, LUNCH, SAME_TIME) == expected


def test_a_day_at_whose_time_the_clock_was_paused_does_not_count() -> None:
    # Asked on Monday at 11:00; waiting over Tuesday 11:00, so Wednesday 11:00 is the first that counts.
    asked, waiting = parse("2026-01-05T11:00Z"), spans(("2026-01-06T10:00Z", "2026-01-06T12:00Z"))
    at = due_at(target("1 business day"), asked, open_time(UTC_OFFICE), SAME_TIME, waiting)
    assert at == parse("2026-01-07T11:00Z")


def test_the_same_local_time_from_the_next_opening() -> None:
    rules = replace(SAME_TIME, from_next_opening=True)
    assert due("2 business days", "2026-10-24T10:00Z", rules=rules) == "2026-10-28T09:00"


def test_the_same_local_time_keeps_the_wall_clock_across_changes() -> None:
    around = Calendar(zone="Europe/Berlin", week=daily((0, 24)))
    assert due("business day", "2026-10-23T08:00Z", OFFICE, SAME_TIME) == "2026-10-26T09:00"
    twice = due("business day", "2026-10-24T00:30Z", around, SAME_TIME)
    assert twice == "2026-10-25T01:30"  # the second 02:30
    skipped = due("business day", "2026-03-28T01:30Z", around, SAME_TIME)
    assert skipped == "2026-03-29T01:30"  # 02:30 moves to 03:30


def test_business_days_as_open_hours() -> None:
    # Two days of 6 h: seven hours on Wednesday, five on Thursday.
    assert due("2 business days", "2026-10-21T10:00Z", rules=OPEN_HOURS) == "2026-10-22T14:00"


@pytest.mark.parametrize("rules", [SAME_TIME, OPEN_HOURS])
def test_the_next_business_day_always_lasts_to_its_end(rules: DayRules) -> None:
    assert due("next business day", "2026-10-21T10:15Z", rules=rules) == "2026-10-22T17:00"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-10-21T07:00Z", "2026-10-21T17:00"),
        ("2026-10-21T16:59Z", "2026-10-21T17:00"),
        ("2026-10-21T17:00Z", "2026-10-22T17:00"),  # a promise has time to be kept
        ("2026-10-23T20:00Z", "2026-10-26T17:00"),
        ("2026-10-24T10:00Z", "2026-10-26T17:00"),
    ],
)
def test_end_of_business_day_is_the_next_close_from_the_own_date_on(
    start: str, expected: str
) -> None:
    assert due("end of business day", start) == expected


def test_the_close_of_a_night_shift_belongs_to_the_date_on_which_it_starts() -> None:
    night = Calendar(zone="UTC", week=daily((22, 6)))
    assert due("end of business day", "2026-10-21T10:00Z", night) == "2026-10-22T06:00"
    assert due("end of business day", "2026-10-21T02:00Z", night) == "2026-10-22T06:00"
    assert due("business day", "2026-10-21T02:00Z", night) == "2026-10-23T06:00"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("1 day", "2026-10-26T17:00"),  # Saturday is closed
        ("3 days", "2026-10-26T17:00"),
        ("10 days", "2026-11-02T17:00"),
        ("week", "2026-11-02T17:00"),  # Friday the 30th is a holiday here
        ("2 weeks", "2026-11-06T17:00"),
        ("every other week", "2026-11-06T17:00"),
    ],
)
def test_days_and_weeks_are_local_dates(words: str, expected: str) -> None:
    office = replace(UTC_OFFICE, holidays=Holidays(dates=frozenset({date(2026, 10, 30)})))
    assert due(words, "2026-10-23T20:00Z", office) == expected


def test_days_that_do_not_count_are_passed_over() -> None:
    saturday = (*weekdays((9, 17))[:5], hours((10, 12)), ())
    office = Calendar(zone="UTC", week=saturday, business_days=frozenset({0, 1, 2, 3, 4}))
    assert due("business day", "2026-10-23T10:00Z", office) == "2026-10-26T17:00"
    assert due("1 day", "2026-10-23T10:00Z", office) == "2026-10-26T17:00"
    assert due("end of business day", "2026-10-24T10:00Z", office) == "2026-10-26T17:00"
    assert due("8 business hours", "2026-10-23T10:00Z", office) == "2026-10-24T11:00"
    everything = replace(office, business_days=None)
    assert due("business day", "2026-10-23T10:00Z", everything) == "2026-10-24T12:00"


THURSDAY_CLOSE = ("2026-10-22T16:00Z", "2026-10-22T18:00Z")


@pytest.mark.parametrize(
    ("words", "pause", "expected"),
    [
        ("business day", THURSDAY_CLOSE, "2026-10-23T17:00"),
        ("business day", ("2026-10-22T16:00Z", "2026-10-22T17:00Z"), "2026-10-23T17:00"),
        ("business day", ("2026-10-22T17:00Z", "2026-10-22T18:00Z"), "2026-10-22T17:00"),
        ("business day", ("2026-10-22T12:00Z", "2026-10-22T16:59Z"), "2026-10-22T17:00"),
        ("2 business days", THURSDAY_CLOSE, "2026-10-26T17:00"),
        ("end of business day", ("2026-10-21T16:00Z", "2026-10-22T09:00Z"), "2026-10-22T17:00"),
        ("1 day", THURSDAY_CLOSE, "2026-10-23T17:00"),
        ("2 days", ("2026-10-22T12:00Z", "2026-10-22T13:00Z"), "2026-10-23T17:00"),
        # The end of Saturday does not count, so the third date counted is Sunday, moved to Monday.
        ("3 days", ("2026-10-24T20:00Z", "2026-10-25T00:00Z"), "2026-10-26T17:00"),
        ("4 days", ("2026-10-24T20:00Z", "2026-10-25T00:00Z"), "2026-10-26T17:00"),
        ("5 days", ("2026-10-24T20:00Z", "2026-10-25T00:00Z"), "2026-10-27T17:00"),
        # Saturday counts; the Monday it is moved to ends in a pause.
        ("3 days", ("2026-10-26T16:00Z", "2026-10-26T18:00Z"), "2026-10-27T17:00"),
    ],
)
def test_a_day_that_ends_in_a_pause_does_not_count(
    words: str, pause: tuple[str, str], expected: str
) -> None:
    assert paused_due(words, "2026-10-21T10:00Z", pause) == expected


def test_a_pause_moves_open_time_too() -> None:
    assert paused_due(
        "4 business hours", "2026-10-21T10:00Z", ("2026-10-21T12:00Z", "2026-10-22T12:00Z")
    ) == ("2026-10-22T14:00")


def test_after_a_pause_of_six_years_days_are_counted_on() -> None:
    # Every day of the pause ends in it; 2032-10-21 is a Thursday, the day after is the first that counts.
    pause = ("2026-10-21T12:00Z", "2032-10-21T20:00Z")
    assert paused_due("business day", "2026-10-21T10:00Z", pause) == "2032-10-22T17:00"
