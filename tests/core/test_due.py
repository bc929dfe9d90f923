"""Due instants of every quantity and mode, and the sum that explains them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from duly.core.calendar.layout import CalendarError
from duly.core.calendar.values import (
    ALWAYS,
    Calendar,
    Combined,
    Edition,
    Editions,
    Holidays,
    Rule,
)
from duly.core.due import Rule as How
from duly.core.due import due_at, explain, remaining, soon_at
from duly.core.instant import parse, text
from duly.core.marks import BusinessDay, DayRules, Mark
from duly.core.open_time import OpenTime
from duly.core.quantity import Quantity, Target, Unit
from duly.core.quantity import parse as target
from duly.core.spans import Span, total, union
from tests.core.calendars import HOUR, OFFICE, daily, hours, open_time, weekdays
from tests.core.walk import DAY, WEEKS, WHEN, ZONES, exists, hours_of

UTC_OFFICE = Calendar(zone="UTC", week=weekdays((9, 17)))
SAME_TIME = DayRules(business_day=BusinessDay.SAME_LOCAL_TIME)
OPEN_HOURS = DayRules(business_day=BusinessDay.OPEN_HOURS, day_seconds=6 * HOUR)
NEXT_OPENING = DayRules(from_next_opening=True)
DEFAULT = DayRules()


def due(
    words: str,
    start: str,
    calendar: Rule = UTC_OFFICE,
    rules: DayRules = DEFAULT,
    others: Mapping[str, Rule] | None = None,
) -> str | None:
    """The due instant, as text without the seconds."""
    at = due_at(
        target(words), parse(start), OpenTime("it", {**(others or {}), "it": calendar}), rules
    )
    return None if at is None else text(at)[:16]


def paused_due(words: str, start: str, *pauses: tuple[str, str]) -> str:
    """The due instant on the office in UTC, around pauses."""
    at = due_at(target(words), parse(start), open_time(UTC_OFFICE), DEFAULT, spans(*pauses))
    assert at is not None
    return text(at)[:16]


def spans(*pairs: tuple[str, str]) -> list[Span]:
    return [Span(parse(start), parse(end)) for start, end in pairs]


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


CLOSED = Calendar(zone="UTC", week=weekdays())


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


TARGETS = st.sampled_from(
    [
        *("45 minutes", "7 business hours", "business day", "4 business days"),
        *("next business day", "end of business day", "1 day", "9 days", "2 weeks"),
    ]
).map(target)
RULES = st.builds(
    DayRules,
    business_day=st.sampled_from(BusinessDay),
    day_seconds=st.sampled_from([6 * HOUR, 27_000]),
    from_next_opening=st.booleans(),
)


@st.composite
def pauses(draw: st.DrawFn, start: int) -> tuple[Span, ...]:
    """Up to three pauses in the ten days from a start."""
    times = st.integers(start, start + 10 * DAY)
    return union(draw(st.lists(st.builds(Span, times, times), max_size=3)))


@given(st.builds(Calendar, zone=ZONES, week=WEEKS), WHEN, TARGETS, RULES, st.data())
@settings(max_examples=50, deadline=None)
def test_every_sum_adds_up(
    office: Calendar, start: int, goal: Target, rules: DayRules, data: st.DataObject
) -> None:
    calendar = open_time(office)
    holes = data.draw(pauses(start))
    answer = explain(goal, start, calendar, rules, holes)
    assert answer.due_at == due_at(goal, start, calendar, rules, holes)
    assume(answer.due_at is not None)
    assert answer.due_at is not None
    assert answer.due_at > start
    if answer.seconds is not None:
        assert total(answer.counted) == answer.seconds
        assert answer.counted[-1].end == answer.due_at
    else:
        assert answer.marks[-1].at == answer.due_at
        assert answer.marks[-1].counts
    begin = max(answer.counted_from, start)
    assert union(answer.counted, answer.paused) == calendar.spans(begin, answer.due_at)
    assert total(answer.counted) == calendar.elapsed(begin, answer.due_at, holes)


@given(st.builds(Calendar, zone=ZONES, week=WEEKS), WHEN, st.integers(1, 6), st.data())
@settings(max_examples=50, deadline=None)
def test_business_days_are_what_a_walk_through_the_dates_finds(
    office: Calendar, start: int, amount: int, data: st.DataObject
) -> None:
    zone = ZoneInfo(office.zone)
    holes = data.draw(pauses(start))
    today = datetime.fromtimestamp(start, zone).date()
    dates = [today + timedelta(days=n) for n in range(1, 25)]
    assume(all(exists(day, zone) for day in dates))
    closes = [max(close for _, close in found) for day in dates if (found := hours_of(office, day))]
    counted = [at for at in closes if not any(hole.start <= at - 1 < hole.end for hole in holes)]
    assume(len(counted) >= amount)
    goal = target(f"{amount} business days")
    assert due_at(goal, start, open_time(office), DEFAULT, holes) == counted[amount - 1]
