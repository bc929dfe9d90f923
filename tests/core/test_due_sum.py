"""The sum that explains a due instant, what remains of it, and when it is soon due."""

from datetime import date

import pytest

from duly.core.calendar.values import Edition, Editions
from duly.core.due import Rule as How
from duly.core.due import explain, remaining, soon_at
from duly.core.instant import parse
from duly.core.marks import DayRules, Mark
from duly.core.quantity import Quantity, Unit
from duly.core.quantity import parse as target
from duly.core.spans import Span, total
from tests.core.calendars import HOUR, OFFICE, open_time
from tests.core.dues import CLOSED, DEFAULT, NEXT_OPENING, OPEN_HOURS, SAME_TIME, UTC_OFFICE, spans
from tests.core.walk import DAY

# October 2026: the 19th and 26th are Mondays, the 21st a Wednesday, the 23rd a Friday.


def test_the_sum_of_open_time_adds_up_around_a_pause() -> None:
    pause = spans(("2026-10-23T16:30Z", "2026-10-26T09:15Z"))
    answer = explain(
        target("2 business hours"),
        parse("2026-10-23T16:00Z"),
        open_time(UTC_OFFICE),
        DEFAULT,
        pause,
    )
    assert (answer.rule, answer.seconds, answer.marks) == (How.OPEN_TIME, 2 * HOUR, ())
    assert answer.counted == tuple(
        spans(
            ("2026-10-23T16:00Z", "2026-10-23T16:30Z"), ("2026-10-26T09:15Z", "2026-10-26T10:45Z")
        )
    )
    assert answer.paused == tuple(
        spans(
            ("2026-10-23T16:30Z", "2026-10-23T17:00Z"), ("2026-10-26T09:00Z", "2026-10-26T09:15Z")
        )
    )
    assert answer.due_at == parse("2026-10-26T10:45Z")


def test_the_sum_of_days_lists_their_marks() -> None:
    pause = spans(("2026-10-26T16:00Z", "2026-10-26T18:00Z"))
    answer = explain(
        target("1 day"), parse("2026-10-23T10:00Z"), open_time(UTC_OFFICE), DEFAULT, pause
    )
    assert answer.rule is How.CALENDAR_DAYS
    assert answer.seconds is None
    assert answer.marks == (
        Mark(date(2026, 10, 24), parse("2026-10-25T00:00Z"), True),
        Mark(date(2026, 10, 26), parse("2026-10-26T17:00Z"), False),
        Mark(date(2026, 10, 27), parse("2026-10-27T17:00Z"), True),
    )
    assert answer.due_at == parse("2026-10-27T17:00Z")
    # Friday 7 h, Monday 7 of 8 h, Tuesday 8 h.
    assert (total(answer.counted), total(answer.paused)) == (22 * HOUR, HOUR)


@pytest.mark.parametrize(
    ("words", "rules", "how"),
    [
        ("2 hours", DEFAULT, How.OPEN_TIME),
        ("2 business days", OPEN_HOURS, How.OPEN_TIME),
        ("2 business days", DEFAULT, How.END_OF_NTH_DAY),
        ("2 business days", SAME_TIME, How.SAME_LOCAL_TIME),
        ("next business day", SAME_TIME, How.END_OF_NTH_DAY),
        ("end of business day", OPEN_HOURS, How.END_OF_BUSINESS_DAY),
        ("2 days", OPEN_HOURS, How.CALENDAR_DAYS),
        ("2 weeks", DEFAULT, How.CALENDAR_DAYS),
    ],
)
def test_the_sum_names_its_rule(words: str, rules: DayRules, how: How) -> None:
    assert explain(target(words), parse("2026-10-21T10:00Z"), open_time(OFFICE), rules).rule is how


def test_the_sum_says_where_counting_began_and_in_which_edition() -> None:
    office = Editions((Edition(None, UTC_OFFICE), Edition(date(2026, 10, 26), UTC_OFFICE)))
    saturday = parse("2026-10-24T10:00Z")
    answer = explain(target("business day"), saturday, open_time(office), NEXT_OPENING)
    assert (answer.counted_from, answer.edition) == (parse("2026-10-26T09:00Z"), date(2026, 10, 26))
    answer = explain(target("business day"), saturday, open_time(office), DEFAULT)
    assert (answer.counted_from, answer.edition) == (saturday, None)


@pytest.mark.parametrize("rules", [DEFAULT, NEXT_OPENING])
@pytest.mark.parametrize("words", ["2 hours", "2 business days"])
def test_the_sum_of_what_never_comes_is_empty(words: str, rules: DayRules) -> None:
    answer = explain(target(words), 0, open_time(CLOSED), rules)
    assert (answer.due_at, answer.counted_from, answer.counted, answer.marks) == (None, 0, (), ())


def test_the_sum_of_what_is_out_of_reach_is_empty() -> None:
    for words in ("2000 days", "1500 business days"):
        answer = explain(target(words), 0, open_time(UTC_OFFICE), DEFAULT)
        assert (answer.due_at, answer.counted, answer.marks) == (None, (), ())


def test_what_remains_of_hours_is_open_time_and_stands_still_in_a_pause() -> None:
    start, pause = parse("2026-10-23T16:00Z"), parse("2026-10-23T16:30Z")
    calendar = open_time(UTC_OFFICE)
    within = Quantity(2, Unit.BUSINESS_HOUR)
    due = parse("2026-10-26T10:00Z")
    assert remaining(within, start, pause, calendar, due=due) == 90 * 60
    for at in (pause, pause + HOUR, pause + 100 * HOUR):
        assert remaining(within, start, at, calendar, due=None, holes=[Span(pause, at)]) == 90 * 60
    assert remaining(within, start, due, calendar, due=due) == 0
    assert remaining(within, start, due + HOUR, calendar, due=due) == 0


def test_what_remains_of_days_is_elapsed_time() -> None:
    calendar = open_time(UTC_OFFICE)
    within, start, due = (
        Quantity(1, Unit.DAY),
        parse("2026-10-23T16:00Z"),
        parse("2026-10-26T17:00Z"),
    )
    assert remaining(within, start, start, calendar, due=due) == 3 * DAY + HOUR
    assert remaining(within, start, due + 1, calendar, due=due) == 0
    assert remaining(within, start, start, calendar, due=None) is None


def test_soon_is_when_three_quarters_of_the_open_time_are_used() -> None:
    calendar = open_time(UTC_OFFICE)
    start, due = parse("2026-10-23T16:00Z"), parse("2026-10-26T16:00Z")
    assert soon_at(start, due, calendar) == parse("2026-10-26T14:00Z")
    # Half of the eight hours paused: the third of the four left ends at 15:00.
    pause = spans(("2026-10-26T09:00Z", "2026-10-26T13:00Z"))
    assert soon_at(start, due, calendar, pause) == parse("2026-10-26T15:00Z")
    # Of 10 s, 7.5 are 8 whole ones.
    assert soon_at(start, start + 10, calendar) == start + 8


def test_without_open_time_it_is_soon_at_once() -> None:
    saturday = parse("2026-10-24T10:00Z")
    assert soon_at(saturday, saturday + HOUR, open_time(UTC_OFFICE)) == saturday
