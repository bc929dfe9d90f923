import pytest

from duly.core.clock.values import Kind
from duly.core.explain import explain
from duly.core.terms import Rules
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

CONTINUE = terms(
    resolution={"1": "16 business hours"},
    workaround={"1": "8 business hours"},
    root_cause={"1": "2 business days"},
)
OPENED = "mon 09:00 opened priority=1"
RESOLVED = "mon 15:00 resolved by=agent"
REOPENED = "wed 11:00 reopened by=agent"


@pytest.mark.parametrize("by", ["agent", "customer", "automatic"])
def test_anybody_resolves(by: str) -> None:
    history = ticket(OPENED, f"mon 15:00 resolved by={by}")
    for kind in ("resolution", "workaround"):
        (clock,) = clocks(CONTINUE, history, "tue 09:00", kind)
        assert (clock.state, clock.met_at) == (MET, on("mon 15:00"))


def test_a_workaround_meets_the_workaround_alone() -> None:
    history = ticket(OPENED, "mon 12:00 marked as=workaround", "mon 13:00 marked as=verified")
    assert briefs(CONTINUE, history, "mon 14:00", "workaround") == [(MET, "mon 09:00", "mon 17:00")]
    assert briefs(CONTINUE, history, "mon 14:00", "resolution") == [
        (RUNNING, "mon 09:00", "tue 17:00")
    ]


def test_the_root_cause_is_owed_from_the_resolving_and_survives_closing() -> None:
    history = ticket(OPENED, RESOLVED, "tue 10:00 closed", "wed 10:00 marked as=root_cause")
    # Two open days after Monday: Wednesday at its close.
    assert briefs(CONTINUE, history, "tue 12:00", "root_cause") == [
        (RUNNING, "mon 15:00", "wed 17:00")
    ]
    assert briefs(CONTINUE, history, "thu 12:00", "root_cause")[0][0] == MET


def test_the_root_cause_says_that_the_resolving_started_it() -> None:
    history = ticket(OPENED, RESOLVED)
    told = explain(history, {"gold": CONTINUE}, on("tue 09:00"), Kind.ROOT_CAUSE)
    assert told.started_by == "resolved"


def test_a_reopening_supersedes_the_root_cause() -> None:
    history = ticket(OPENED, RESOLVED, REOPENED, "thu 10:00 resolved by=agent")
    first, second = clocks(CONTINUE, history, "thu 12:00", "root_cause")
    assert (first.state, first.ended_at) == (SUPERSEDED, on("wed 11:00"))
    assert (second.cycle, second.state, second.due_at) == (2, RUNNING, on("mon+1 17:00"))


def test_waiting_takes_open_time_out() -> None:
    history = ticket(OPENED, "mon 16:00 waiting on=customer", "tue 10:00 replied by=customer")
    # Monday 9-16 used 7 of 16 hours. From Tuesday 10:00 nine more: 7 on Tuesday, 2 on Wednesday.
    assert briefs(CONTINUE, history, "tue 10:00", "resolution") == [
        (RUNNING, "mon 09:00", "wed 11:00")
    ]


def test_a_paused_clock_has_no_due_and_keeps_what_is_left() -> None:
    history = ticket(OPENED, "mon 16:00 waiting on=customer")
    (clock,) = clocks(CONTINUE, history, "fri 12:00", "resolution")
    assert (clock.state, clock.due_at, clock.soon_at) == (PAUSED, None, None)
    assert clock.remaining_seconds == 9 * 3600
    assert folded(CONTINUE, history, "fri 12:00").wakes_at is None


def test_a_clock_already_missed_stays_missed() -> None:
    history = ticket(OPENED, "wed 10:00 waiting on=customer")
    assert briefs(CONTINUE, history, "thu 10:00", "resolution") == [
        (MISSED, "mon 09:00", "tue 17:00")
    ]


def test_only_the_reasons_listed_pause() -> None:
    history = ticket(OPENED, "mon 10:00 waiting on=third_party")
    assert briefs(CONTINUE, history, "mon 12:00", "resolution")[0][0] == RUNNING
    from duly.core.clock.values import Kind

    known = terms(
        resolution={"1": "16 business hours"},
        rules=Rules(pauses={Kind.RESOLUTION: frozenset({"third_party"})}),
    )
    assert briefs(known, history, "mon 12:00", "resolution")[0][0] == PAUSED


def test_a_new_waiting_replaces_the_old() -> None:
    history = ticket(
        OPENED,
        "mon 10:00 waiting on=customer",
        "mon 12:00 waiting on=third_party",  # runs again
        "mon 13:00 replied by=customer",  # does not end waiting on a third party
        "mon 14:00 waiting on=customer",
    )
    # Paused from 10 to 12: 16 hours end Wednesday 11:00.
    assert briefs(CONTINUE, history, "mon 13:30", "resolution") == [
        (RUNNING, "mon 09:00", "wed 11:00")
    ]
    assert briefs(CONTINUE, history, "mon 15:00", "resolution")[0][0] == PAUSED


def test_resumed_ends_any_waiting_or_the_one_it_names() -> None:
    waiting = "mon 10:00 waiting on=customer"
    other = ticket(OPENED, waiting, "mon 11:00 resumed on=third_party")
    assert briefs(CONTINUE, other, "mon 12:00", "resolution")[0][0] == PAUSED
    for line in ("mon 11:00 resumed", "mon 11:00 resumed on=customer"):
        assert briefs(CONTINUE, ticket(OPENED, waiting, line), "mon 12:00", "resolution") == [
            (RUNNING, "mon 09:00", "wed 10:00")
        ]


def test_met_while_paused_shows_what_was_left() -> None:
    history = ticket(OPENED, "mon 11:00 waiting on=customer", "tue 11:00 resolved by=customer")
    # 2 of 16 hours were used; 14 more from Tuesday 11:00 are 6 on Tuesday and 8 on Wednesday.
    assert briefs(CONTINUE, history, "tue 12:00", "resolution") == [(MET, "mon 09:00", "wed 17:00")]


def test_waiting_that_begins_at_the_due_instant_comes_in_time() -> None:
    history = ticket(OPENED, "tue 17:00 waiting on=customer", "wed 10:00 resolved by=agent")
    assert briefs(CONTINUE, history, "wed 09:00", "resolution") == [(PAUSED, "mon 09:00", None)]
    # No time was left when the pause began, so none after it.
    assert briefs(CONTINUE, history, "wed 12:00", "resolution") == [(MET, "mon 09:00", "wed 10:00")]


def test_resolving_twice_is_resolving_once() -> None:
    history = ticket(OPENED, RESOLVED, "tue 10:00 resolved by=agent")
    (clock,) = clocks(CONTINUE, history, "tue 12:00", "resolution")
    assert clock.met_at == on("mon 15:00")
    given = ticket(
        OPENED, RESOLVED, "mon 16:00 marked as=root_cause", "tue 10:00 resolved by=agent"
    )
    assert len(clocks(CONTINUE, given, "tue 12:00", "root_cause")) == 1
