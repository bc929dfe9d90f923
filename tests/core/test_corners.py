"""Corners of the clocks at which a changed line went unnoticed until these tests came."""

from dataclasses import replace

import pytest

from duly.core import quantity
from duly.core.calendar.layout import CalendarError
from duly.core.clock.values import Kind, State
from duly.core.explain import explain
from duly.core.terms import Cell, Gate, Ladder, Rules, Rung
from tests.core.tickets import (
    MET,
    MISSED,
    RUNNING,
    VOID,
    briefs,
    clocks,
    folded,
    on,
    terms,
    ticket,
)

OPENED = "mon 09:00 opened priority=1"
ANSWERED = "mon 10:00 replied by=agent"
FROM_START = Rules(
    priority_change={Kind.RESOLUTION: "from_start", Kind.FIRST_RESPONSE: "from_start"}
)
LADDER = Ladder(opens=Kind.FIRST_RESPONSE, rungs=(Rung(), Rung()))


def cell(
    within: str, *, starts: str | None = None, met_by: str = "", when: Gate | None = None
) -> Cell:
    return Cell(
        target=quantity.parse(within),
        starts=starts,
        met_by=frozenset({met_by}) if met_by else None,
        when=when,
    )


@pytest.mark.parametrize(
    ("kind", "lines", "word"),
    [
        ("next_response", [ANSWERED, "mon 11:00 replied by=customer"], "replied"),
        ("update", [ANSWERED], "replied"),
        ("update", [ANSWERED, "mon 11:00 updated"], "updated"),
        ("update", [ANSWERED, "tue 09:00 noted"], "missed"),
        (
            "update",
            [ANSWERED, "mon 11:00 resolved by=agent", "mon 11:30 reopened by=agent"],
            "reopened",
        ),
        (
            "workaround",
            ["mon 11:00 closed", "mon 11:30 reopened by=agent"],
            "reopened",
        ),
        ("escalation", ["mon 12:00 escalated level=1"], "escalated"),
        ("resolution", ["mon 11:00 moved binding=silver"], "moved"),
        ("root_cause", ["mon 11:00 marked as=found"], "found"),
        ("resolution", ["mon 11:00 prioritised priority=2"], "prioritised"),
    ],
)
@pytest.mark.parametrize("rules", [Rules(), FROM_START])
def test_a_clock_says_what_started_it(kind: str, lines: list[str], word: str, rules: Rules) -> None:
    gold = terms(
        first_response={"1": "2 hours"},
        next_response={"1": "2 hours"},
        update={"1": "every 8 hours"},
        workaround={"1": "8 hours"},
        resolution={"2": "40 hours"},
        ladder=LADDER,
        rules=rules,
    )
    silver = terms(resolution={"1": "40 hours"}, rules=rules)
    marked = terms(root_cause={"1": cell("2 days", starts="found")})
    known = {"gold": marked if kind == "root_cause" else gold, "silver": silver}
    resolved = ["mon 10:00 resolved by=agent"] if kind == "root_cause" else []
    history = ticket(OPENED, *resolved, *lines)
    asked = on("tue 10:00" if word == "missed" else "mon 16:00")
    assert explain(history, known, asked, Kind(kind)).started_by == word


def test_a_higher_level_may_be_invoked_first_and_its_clock_bears_its_number() -> None:
    later = Rung(after=quantity.parse("1 hour"))
    known = terms(
        first_response={"1": "2 hours"},
        ladder=Ladder(opens=Kind.FIRST_RESPONSE, rungs=(later,) * 2),
    )
    history = ticket(OPENED, "mon 14:00 escalated level=2")
    (clock,) = clocks(known, history, "mon 15:00", "escalation")
    assert (clock.cycle, clock.due_at) == (2, on("mon 16:00"))


def test_a_lower_levels_clock_ends_when_a_higher_is_invoked() -> None:
    later = Rung(after=quantity.parse("1 hour"))
    known = terms(
        first_response={"1": "2 hours"},
        ladder=Ladder(opens=Kind.FIRST_RESPONSE, rungs=(later,) * 2),
    )
    history = ticket(OPENED, "mon 13:30 escalated level=1", "mon 14:00 escalated level=2")
    assert clocks(known, history, "mon 15:00", "escalation")[0].ended_at == on("mon 14:00")


def test_a_levels_clock_does_not_wait_for_what_the_targets_cell_starts_at() -> None:
    known = terms(
        first_response={"1": "2 hours", "2": cell("3 hours", starts="verified")},
        ladder=LADDER,
    )
    history = ticket(
        OPENED, "mon 12:00 prioritised priority=2 by=customer", "mon 12:30 escalated level=1"
    )
    assert briefs(known, history, "mon 13:00", "escalation") == [
        (RUNNING, "mon 12:30", "mon 15:30")
    ]


def test_a_level_may_open_after_business_days() -> None:
    rung = Rung(after=quantity.parse("1 business day"))
    known = terms(
        first_response={"1": "2 hours"}, ladder=Ladder(opens=Kind.FIRST_RESPONSE, rungs=(rung,))
    )
    # Missed at Monday 11:00; the business day after it ends on Tuesday at 17:00.
    assert folded(known, ticket(OPENED), "tue 16:59").available == ()
    assert folded(known, ticket(OPENED), "tue 17:00:01").available[0].at == on("tue 17:00")
    with pytest.raises(CalendarError, match="names no hours"):
        folded(replace(known, hours={}), ticket(OPENED), "tue 18:00")


def test_soon_and_due_in_days_leave_pauses_out() -> None:
    known = terms(resolution={"1": "8 business hours"}, workaround={"1": "2 business days"})
    history = ticket(
        OPENED, "mon 10:00 waiting on=customer", "tue 12:00 resumed", "tue 12:30 noted"
    )
    workaround, resolution = folded(known, history, "tue 13:00").clocks
    # Six of eight hours: one on Monday, five from Tuesday 12:00.
    assert (resolution.soon_at, resolution.due_at) == (on("tue 17:00"), on("wed 11:00"))
    # Tuesday and Wednesday end unpaused. Of 1 + 5 + 8 open hours 10.5 leave 4.5 on Wednesday.
    assert (workaround.soon_at, workaround.due_at) == (on("wed 13:30"), on("wed 17:00"))
    assert workaround.remaining_seconds == 28 * 3600


def test_a_day_at_whose_close_the_clock_was_paused_does_not_count_in_a_fold() -> None:
    known = terms(workaround={"1": "2 business days"})
    history = ticket(OPENED, "tue 16:00 waiting on=customer", "wed 10:00 resumed")
    # Tuesday closed while paused: Wednesday and Thursday.
    assert briefs(known, history, "wed 11:00", "workaround") == [
        (RUNNING, "mon 09:00", "thu 17:00")
    ]


def test_a_gate_on_the_hour_is_read_at_the_start_that_a_clock_keeps() -> None:
    by_day = cell("8 hours", when=Gate(during="office"))
    known = terms(resolution={"1": (by_day, cell("16 hours")), "2": "4 hours"}, rules=FROM_START)
    history = ticket("mon 16:00 opened priority=2", "mon 18:00 prioritised priority=1")
    assert briefs(known, history, "mon 18:00", "resolution") == [
        (RUNNING, "mon 16:00", "tue 00:00")
    ]


def test_other_facts_are_read_at_the_start_that_a_clock_keeps() -> None:
    at_night = Gate(channel=("phone",), during="nights")
    known = terms(
        resolution={
            "1": (
                cell("4 hours", starts="reproduced", when=at_night),
                cell("8 hours", starts="reproduced"),
            )
        },
        rules=FROM_START,
    )
    # Reported by day, but the clock starts at night, at the mark.
    history = ticket(
        OPENED, "mon 21:00 marked as=reproduced", "mon 22:00 prioritised priority=1 channel=phone"
    )
    assert briefs(known, history, "mon 22:00", "resolution") == [
        (RUNNING, "mon 21:00", "tue 01:00")
    ]


@pytest.mark.parametrize(
    ("starts", "lines", "started"),
    [
        ("updated", ["mon 10:00 updated", "mon 11:00 prioritised priority=1"], "mon 10:00"),
        ("lowered", ["mon 10:00 prioritised priority=1"], "mon 10:00"),
    ],
)
def test_under_from_start_a_clock_starts_when_its_word_was_said(
    starts: str, lines: list[str], started: str
) -> None:
    known = replace(
        terms(resolution={"1": cell("8 hours", starts=starts)}, rules=FROM_START),
        priorities=tuple(reversed(terms(resolution={}).priorities)),  # "1" is the least urgent here
    )
    history = ticket("mon 09:00 opened priority=3", *lines)
    assert briefs(known, history, "mon 11:00", "resolution")[0][:2] == (RUNNING, started)


def test_a_missed_clock_is_met_late_by_what_its_cell_names() -> None:
    known = terms(first_response={"1": cell("1 hour", met_by="prioritised")})
    history = ticket(OPENED, "mon 11:00 replied by=agent", "mon 12:00 prioritised priority=1")
    (clock,) = clocks(known, history, "mon 13:00", "first_response")
    assert (clock.state, clock.late_seconds) == (MISSED, 2 * 3600)


def test_resolving_ends_updates_that_only_an_update_meets() -> None:
    known = terms(update={"1": cell("every 4 hours", met_by="updated")})
    history = ticket(OPENED, ANSWERED, "mon 11:00 resolved by=agent")
    (clock,) = clocks(known, history, "mon 12:00", "update")
    assert (clock.state, clock.ended_at) == (VOID, on("mon 11:00"))


def test_waiting_that_a_resolving_ended_stays_a_pause_after_a_reopening() -> None:
    known = terms(resolution={"1": "8 business hours"})
    history = ticket(
        OPENED,
        "mon 10:00 waiting on=customer",
        "mon 12:00 resolved by=agent",
        "mon 14:00 reopened by=agent",
    )
    # One hour used; of seven from Monday 14:00 three are on Monday and four on Tuesday.
    assert briefs(known, history, "mon 15:00", "resolution") == [
        (RUNNING, "mon 09:00", "tue 13:00")
    ]


def test_a_pause_that_ended_at_the_start_is_none_of_the_clocks() -> None:
    known = terms(resolution={"1": "8 business hours", "2": "16 business hours"})
    history = ticket(
        OPENED,
        "mon 10:00 waiting on=customer",
        "mon 12:00 resumed",
        "mon 12:00 prioritised priority=2",
    )
    assert explain(history, {"gold": known}, on("mon 13:00"), Kind.RESOLUTION).pauses == ()


def test_what_promises_no_instant_is_met_while_paused() -> None:
    known = terms(next_response={"1": "best effort"})
    history = ticket(
        OPENED,
        ANSWERED,
        "mon 11:00 replied by=customer",
        "mon 12:00 waiting on=customer",
        "mon 13:00 replied by=agent",
    )
    (clock,) = clocks(known, history, "mon 14:00", "next_response")
    assert (clock.state, clock.met_at, clock.due_at) == (MET, on("mon 13:00"), None)


@pytest.mark.parametrize(
    "lines", [["opened"], ["opened priority=1"], ["opened priority=1", "excluded cause=abroad"]]
)
def test_a_fold_says_when_it_was_asked(lines: list[str]) -> None:
    known = terms(first_response={"1": "2 hours"})
    then = folded(known, ticket(*(f"mon 09:00 {line}" for line in lines)), "mon 10:00")
    assert (then.at, then.available, then.invoked) == (on("mon 10:00"), (), ())
    assert all(clock.soon_at is None for clock in then.clocks if clock.state is State.VOID)


def test_withdrawing_what_was_never_excluded_moves_nothing() -> None:
    known = terms(first_response={"1": "2 hours"})
    history = ticket(OPENED, "mon 09:30 excluded cause=abroad withdrawn=yes")
    assert briefs(known, history, "mon 10:00", "first_response") == [
        (RUNNING, "mon 09:00", "mon 11:00")
    ]
