"""Changes of priority: from the change or from the start, to and from none, and the first setting."""

import pytest

from duly.core.clock.values import Change
from tests.core.retargets import FROM_CHANGE, FROM_START, LOW, URGENT
from tests.core.tickets import (
    MET,
    MISSED,
    PAUSED,
    RUNNING,
    SUPERSEDED,
    briefs,
    clocks,
    folded,
    on,
    terms,
    ticket,
)


def test_from_change_the_running_cycle_is_superseded_and_the_next_starts() -> None:
    history = ticket(LOW, "mon 12:00 prioritised priority=1")
    old, new = clocks(FROM_CHANGE, history, "mon 13:00", "first_response")
    assert (old.state, old.ended_at, old.due_at) == (SUPERSEDED, on("mon 12:00"), on("mon 13:00"))
    assert (new.cycle, new.state, new.due_at) == (2, RUNNING, on("mon 14:00"))
    assert (old.priority, new.priority) == ("2", "1")


def test_from_change_a_paused_cycle_is_superseded_too() -> None:
    history = ticket(LOW, "mon 10:00 waiting on=customer", "mon 12:00 prioritised priority=1")
    assert briefs(FROM_CHANGE, history, "mon 13:00", "resolution") == [
        (SUPERSEDED, "mon 09:00", None),
        (PAUSED, "mon 12:00", None),
    ]
    resumed = [*history, *ticket("tue 09:00 resumed")]
    assert briefs(FROM_CHANGE, resumed, "tue 10:00", "resolution")[1] == (
        RUNNING,
        "mon 12:00",
        "tue 17:00",
    )


def test_from_change_a_missed_one_stays_missed_and_one_answer_meets_both() -> None:
    history = ticket(LOW, "mon 14:00 prioritised priority=1", "mon 15:00 replied by=agent")
    old, new = clocks(FROM_CHANGE, history, "mon 16:00", "first_response")
    # Due at 13:00, so missed before the change; the next is due at 16:00.
    assert (old.state, old.due_at, old.met_at, old.late_seconds) == (
        MISSED,
        on("mon 13:00"),
        on("mon 15:00"),
        2 * 3600,
    )
    assert (new.state, new.due_at) == (MET, on("mon 16:00"))


def test_what_is_met_or_void_is_not_touched() -> None:
    history = ticket(
        LOW,
        "mon 10:00 replied by=agent",
        "mon 11:00 prioritised priority=1",
        "mon 12:00 resolved by=customer",
        "mon 13:00 prioritised priority=2",
    )
    assert briefs(FROM_CHANGE, history, "tue 09:00", "first_response") == [
        (MET, "mon 09:00", "mon 13:00")
    ]
    assert len(clocks(FROM_CHANGE, history, "tue 09:00", "resolution")) == 2


def test_from_start_the_cycle_keeps_its_start_and_what_it_was() -> None:
    history = ticket(LOW, "mon 10:30 prioritised priority=1")
    (clock,) = clocks(FROM_START, history, "mon 10:45", "first_response")
    assert (clock.state, clock.started_at, clock.due_at) == (
        RUNNING,
        on("mon 09:00"),
        on("mon 11:00"),
    )
    assert clock.changes == (Change(on("mon 10:30"), on("mon 13:00"), "priority 2 to 1"),)
    assert clock.priority == "1"


def test_from_start_a_due_that_lies_in_the_past_is_missed_at_that_due() -> None:
    history = ticket(LOW, "mon 12:00 prioritised priority=1")
    assert briefs(FROM_START, history, "mon 12:00", "first_response") == [
        (MISSED, "mon 09:00", "mon 11:00")
    ]


def test_from_start_keeps_the_pauses() -> None:
    history = ticket(
        LOW,
        "mon 10:00 waiting on=customer",
        "mon 12:00 resumed",
        "mon 13:00 prioritised priority=1",
    )
    # Eight hours from 9:00, less two paused: an hour on Monday is missing and two come on Tuesday.
    assert briefs(FROM_START, history, "mon 14:00", "resolution") == [
        (RUNNING, "mon 09:00", "tue 11:00")
    ]


def test_from_start_does_not_touch_what_was_missed() -> None:
    history = ticket(URGENT, "mon 12:00 prioritised priority=2")
    (clock,) = clocks(FROM_START, history, "mon 12:30", "first_response")
    assert (clock.state, clock.due_at, clock.changes) == (MISSED, on("mon 11:00"), ())


@pytest.mark.parametrize("known", [FROM_CHANGE, FROM_START])
def test_to_none_the_clock_is_superseded_without_a_successor(known: object) -> None:
    history = ticket(LOW, "mon 10:00 prioritised priority=3")
    known = FROM_CHANGE if known is FROM_CHANGE else FROM_START
    (clock,) = clocks(known, history, "mon 12:00", "first_response")
    assert (clock.state, clock.ended_at) == (SUPERSEDED, on("mon 10:00"))


def test_from_none_it_starts_at_the_change_or_at_its_normal_start() -> None:
    history = ticket("mon 09:00 opened priority=3", "mon 10:00 prioritised priority=2")
    assert briefs(FROM_CHANGE, history, "mon 11:00", "first_response") == [
        (RUNNING, "mon 10:00", "mon 14:00")
    ]
    assert briefs(FROM_START, history, "mon 11:00", "first_response") == [
        (RUNNING, "mon 09:00", "mon 13:00")
    ]


def test_the_same_priority_again_changes_nothing() -> None:
    history = ticket(LOW, "mon 10:00 prioritised priority=2 environment=production")
    assert briefs(FROM_CHANGE, history, "mon 11:00", "first_response") == [
        (RUNNING, "mon 09:00", "mon 13:00")
    ]


def test_best_effort_is_superseded_too() -> None:
    known = terms(resolution={"1": "8 business hours", "2": "best effort"})
    history = ticket(LOW, "mon 10:00 prioritised priority=1")
    assert briefs(known, history, "mon 11:00", "resolution") == [
        (SUPERSEDED, "mon 09:00", None),
        (RUNNING, "mon 10:00", "tue 10:00"),
    ]


def test_the_first_setting_is_no_change_and_counts_from_the_opening() -> None:
    history = ticket("mon 09:00 opened", "mon 10:00 prioritised priority=1")
    assert folded(FROM_CHANGE, history, "mon 09:30").clocks == ()
    assert folded(FROM_CHANGE, history, "mon 09:30").wakes_at is None
    assert briefs(FROM_CHANGE, history, "mon 10:00", "first_response") == [
        (RUNNING, "mon 09:00", "mon 11:00")
    ]


def test_no_promise_is_missed_before_it_was_made() -> None:
    history = ticket("mon 09:00 opened", "tue 10:00 prioritised priority=1")
    # Two hours from Monday 9:00 were over before anybody promised them.
    assert briefs(FROM_CHANGE, history, "tue 10:00", "first_response") == [
        (RUNNING, "mon 09:00", "tue 10:00")
    ]
    answered = ticket(
        "mon 09:00 opened", "mon 12:00 replied by=agent", "tue 10:00 prioritised priority=1"
    )
    assert briefs(FROM_CHANGE, answered, "wed 10:00", "first_response") == [
        (MET, "mon 09:00", "tue 10:00")
    ]
