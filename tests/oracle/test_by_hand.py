"""The oracle's own answers, against sums done by hand."""

from dataclasses import replace
from datetime import date, datetime

from tests.oracle.clocks import ask
from tests.oracle.cycles import Seen
from tests.oracle.due import (
    BusinessDays,
    CalendarDays,
    DayRules,
    EndOfBusinessDay,
    OpenTime,
    Quantity,
    due,
    open_seconds,
)
from tests.oracle.paper import Always, Complement, Edition, Interval, Paper, Plain, Union
from tests.oracle.story import Cell, Happened, Terms
from tests.oracle.wall import HOUR

NINE_TO_FIVE = (Interval(9 * 60, 17 * 60),)
WORKING_WEEK = (NINE_TO_FIVE,) * 5 + ((), ())
BERLIN = Plain("Europe/Berlin", Edition(WORKING_WEEK))


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def test_eight_business_hours_run_across_the_end_of_summer_time() -> None:
    # Friday 16:00-17:00 is one hour, Monday 09:00-16:00 the other seven.
    start = at("2026-10-23T16:00+02:00")
    assert due(OpenTime(8 * HOUR), BERLIN, start, []) == at("2026-10-26T16:00+01:00")


def test_used_up_exactly_at_closing_time_is_due_then() -> None:
    start = at("2026-11-20T15:00+01:00")
    assert due(OpenTime(2 * HOUR), BERLIN, start, []) == at("2026-11-20T17:00+01:00")


def test_a_pause_over_the_weekend_removes_open_time_only() -> None:
    # Paused from Friday 16:30: half an hour is used. Resumed on Monday 09:15: 90 minutes are left.
    pause = (at("2026-11-20T16:30+01:00"), at("2026-11-23T09:15+01:00"))
    start = at("2026-11-20T16:00+01:00")
    assert due(OpenTime(2 * HOUR), BERLIN, start, [pause]) == at("2026-11-23T10:45+01:00")


def test_an_opening_in_the_gap_moves_forward_and_a_close_in_the_fold_is_the_second() -> None:
    night = Plain("Europe/Berlin", Edition(((Interval(150, 240),),) * 7))
    # 29 March: 02:30 becomes 03:30, 01:30Z; 04:00 is 02:00Z.
    # 25 October: 02:30 is first 00:30Z; 04:00 is 03:00Z.
    assert night.spans_on(date(2026, 3, 29)) == [(at("2026-03-29T01:30Z"), at("2026-03-29T02:00Z"))]
    assert night.spans_on(date(2026, 10, 25)) == [
        (at("2026-10-25T00:30Z"), at("2026-10-25T03:00Z"))
    ]
    early = Plain("Europe/Berlin", Edition(((Interval(60, 150),),) * 7))
    assert early.close_of(date(2026, 10, 25)) == at("2026-10-25T01:30Z")


def test_union_counts_overlaps_once_and_a_complement_keeps_holidays_open() -> None:
    london = Plain("Europe/London", Edition(WORKING_WEEK))
    both = Union("UTC", BERLIN, london)
    day = at("2026-11-20T00:00Z"), at("2026-11-21T00:00Z")
    # 08:00Z-16:00Z and 09:00Z-17:00Z overlap: nine hours together.
    assert open_seconds(both, *day, []) == 9 * HOUR
    assert open_seconds(Complement("UTC", both), *day, []) == 15 * HOUR


def test_business_days_in_each_mode() -> None:
    saturday = at("2026-11-21T12:00+01:00")
    friday = at("2026-11-20T10:30+01:00")
    modes: dict[str, Quantity] = {
        "end": BusinessDays(2),
        "same": BusinessDays(2, DayRules("same_local_time")),
        "hours": BusinessDays(2, DayRules("open_hours")),
        "opening": BusinessDays(1, DayRules(outside_hours="next_opening")),
    }
    assert due(modes["end"], BERLIN, friday, []) == at("2026-11-24T17:00+01:00")
    assert due(modes["same"], BERLIN, friday, []) == at("2026-11-24T10:30+01:00")
    assert due(modes["hours"], BERLIN, friday, []) == at("2026-11-24T10:30+01:00")
    # Saturday as received: Monday is the first day. From Monday's opening: Tuesday is.
    assert due(BusinessDays(1), BERLIN, saturday, []) == at("2026-11-23T17:00+01:00")
    assert due(modes["opening"], BERLIN, saturday, []) == at("2026-11-24T17:00+01:00")


def test_end_of_business_day_and_calendar_days_end_with_an_open_day() -> None:
    friday = at("2026-11-20T17:00+01:00")
    assert due(EndOfBusinessDay(), BERLIN, friday - 1, []) == friday
    assert due(EndOfBusinessDay(), BERLIN, friday, []) == at("2026-11-23T17:00+01:00")
    # Ten days after Thursday 12 November is Sunday the 22nd; Monday's close is next.
    thursday = at("2026-11-12T08:00+01:00")
    assert due(CalendarDays(10), BERLIN, thursday, []) == at("2026-11-23T17:00+01:00")


def hours(count: int, paper: Paper | None = None) -> tuple[Cell, ...]:
    return (Cell(OpenTime(count * HOUR), paper or Always()),)


TERMS = Terms(
    key="a",
    days=DayRules(),
    targets={
        "first_response": {"1": hours(1), "2": hours(4)},
        "update": {"1": hours(2), "2": hours(24)},
        "resolution": {"1": hours(8), "2": hours(8)},
    },
    pauses={"resolution": frozenset({"customer"})},
    priority_change={"first_response": "from_start", "update": "from_start"},
    opens="first_response",
    levels=2,
)


def clock(history: list[Happened], asked: int, kind: str, cycle: int = 1) -> Seen:
    answer = ask(history, {"a": TERMS}, asked)
    return next(seen for seen in answer.clocks if (seen.kind, seen.cycle) == (kind, cycle))


def test_an_unanswered_ticket_is_missed_after_its_due_and_opens_level_one() -> None:
    opened = Happened(1_000_000, "opened", terms="a", priority="1")
    assert clock([opened], 1_003_600, "first_response").state == "running"
    assert clock([opened], 1_003_601, "first_response").state == "missed"
    assert ask([opened], {"a": TERMS}, 1_003_600).available == ()
    assert ask([opened], {"a": TERMS}, 1_003_601).available == ((1, 1_003_600),)


def test_a_missed_update_is_followed_by_the_next_from_its_due() -> None:
    story = [
        Happened(1_000_000, "opened", terms="a", priority="1"),
        Happened(1_000_060, "replied", by="agent"),
    ]
    asked = 1_000_060 + 5 * HOUR
    assert clock(story, asked, "update", 2).state == "missed"
    third = clock(story, asked, "update", 3)
    assert (third.started_at, third.due_at) == (1_000_060 + 4 * HOUR, 1_000_060 + 6 * HOUR)


def test_reopening_takes_met_back_and_solved_time_does_not_count() -> None:
    story = [
        Happened(1_000_000, "opened", terms="a", priority="1"),
        Happened(1_000_000 + HOUR, "resolved", by="agent"),
        Happened(1_000_000 + 31 * HOUR, "reopened", by="customer"),
    ]
    back = clock(story, 1_000_000 + 32 * HOUR, "resolution")
    assert (back.state, back.due_at) == ("running", 1_000_000 + 38 * HOUR)


def test_from_change_supersedes_and_starts_again() -> None:
    story = [
        Happened(1_000_000, "opened", terms="a", priority="2"),
        Happened(1_000_000 + HOUR, "prioritised", by="agent", priority="1"),
    ]
    assert clock(story, 1_000_000 + HOUR, "resolution").state == "superseded"
    assert clock(story, 1_000_000 + HOUR, "resolution", 2).due_at == 1_000_000 + 9 * HOUR
    # First response goes by from_start: one hour since the opening, used up at this very second.
    answer = clock(story, 1_000_000 + HOUR, "first_response")
    assert (answer.state, answer.due_at) == ("running", 1_000_000 + HOUR)
    assert answer.changes == ((1_000_000 + HOUR, 1_000_000 + 4 * HOUR),)


def test_a_cell_may_say_what_starts_its_cycle_and_what_meets_it() -> None:
    verified = Cell(
        OpenTime(8 * HOUR), Always(), starts="workaround", met_by=frozenset({"verified"})
    )
    terms = replace(TERMS, targets={"resolution": {"1": (verified,)}})
    story = [
        Happened(1_000_000, "opened", terms="a", priority="1"),
        Happened(1_000_000 + HOUR, "resolved", by="agent"),
        Happened(1_000_000 + 2 * HOUR, "marked", by="agent", mark="workaround"),
        Happened(1_000_000 + 3 * HOUR, "marked", by="agent", mark="verified"),
    ]
    assert ask(story[:2], {"a": terms}, 1_000_000 + HOUR).clocks == ()
    (running,) = ask(story[:3], {"a": terms}, 1_000_000 + 4 * HOUR).clocks
    assert (running.state, running.due_at) == ("running", 1_000_000 + 10 * HOUR)
    assert (running.remaining_seconds, running.soon_at) == (6 * HOUR, 1_000_000 + 8 * HOUR)
    (met,) = ask(story, {"a": terms}, 1_000_000 + 4 * HOUR).clocks
    assert (met.state, met.met_at) == ("met", 1_000_000 + 3 * HOUR)


def test_a_search_for_open_time_gives_up_after_five_years() -> None:
    # An hour of every 29 October: the sixth hour is used up on 29 October 2007.
    start = at("2002-10-29T00:00Z")
    yearly = Plain(
        "Etc/UTC",
        Edition(
            ((),) * 7, days={date(year, 10, 29): (Interval(0, 60),) for year in range(2002, 2009)}
        ),
    )
    assert due(OpenTime(5 * HOUR), yearly, start, []) == at("2006-10-29T01:00Z")
    assert due(OpenTime(6 * HOUR), yearly, start, []) == at("2007-10-29T01:00Z")
    # From 28 October 2002 the hour of 29 October 2007 is 1,827 days and an hour away.
    assert due(OpenTime(6 * HOUR), yearly, start - 24 * HOUR, []) is None
