"""Exclusions and mergers: every cycle becomes void and keeps what it was."""

from tests.core.retargets import FROM_CHANGE, LOW
from tests.core.tickets import MET, MISSED, RUNNING, VOID, briefs, clocks, folded, on, ticket


def test_exclusion_voids_every_cycle_and_keeps_what_it_was() -> None:
    history = ticket(
        LOW,
        "mon 10:00 replied by=agent",
        "mon 12:00 excluded cause=third_party",
        "mon 13:00 resolved by=agent",
    )
    then = folded(FROM_CHANGE, history, "fri 09:00")
    assert [(clock.kind, clock.state, clock.was) for clock in then.clocks] == [
        ("first_response", VOID, MET),
        ("resolution", VOID, RUNNING),
    ]
    assert [clock.ended_at for clock in then.clocks] == [None, on("mon 12:00")]
    assert then.wakes_at is None


def test_withdrawing_an_exclusion_restores_what_was() -> None:
    history = ticket(
        LOW,
        "mon 12:00 excluded cause=third_party",
        "mon 12:30 excluded cause=misuse",
        "mon 13:00 resolved by=agent",
        "mon 14:00 excluded cause=third_party withdrawn=yes",
    )
    (clock,) = clocks(FROM_CHANGE, history, "mon 15:00", "resolution")
    assert (clock.state, clock.was) == (VOID, RUNNING)  # misuse is still found
    history += ticket("mon 15:00 excluded cause=misuse withdrawn=yes")
    assert briefs(FROM_CHANGE, history, "mon 16:00", "resolution") == [
        (MET, "mon 09:00", "tue 17:00")
    ]


def test_a_ticket_stands_where_it_was_first_excluded_until_the_last_cause_is_withdrawn() -> None:
    history = ticket(
        LOW,
        "mon 12:00 excluded cause=third_party",
        "wed 12:00 excluded cause=misuse",
        "wed 13:00 excluded cause=third_party withdrawn=yes",
    )
    # Due on Tuesday at 17:00; when the desk stopped on Monday it was running, so it was never missed.
    (clock,) = clocks(FROM_CHANGE, history, "thu 09:00", "resolution")
    assert (clock.was, clock.ended_at) == (RUNNING, on("mon 12:00"))


def test_a_merged_ticket_is_void_and_moves_no_more() -> None:
    history = ticket(
        LOW,
        "mon 14:00 merged into=17",
        "mon 15:00 replied by=agent",
        "mon 16:00 prioritised priority=1",
    )
    (missed,) = clocks(FROM_CHANGE, history, "tue 09:00", "first_response")
    assert (missed.state, missed.met_at) == (MISSED, None)
    (void,) = clocks(FROM_CHANGE, history, "tue 09:00", "resolution")
    assert (void.state, void.ended_at) == (VOID, on("mon 14:00"))


def test_neither_a_first_priority_nor_an_exclusion_reaches_a_merged_ticket() -> None:
    unset = ticket(
        "mon 09:00 opened", "mon 10:00 merged into=17", "mon 11:00 prioritised priority=1"
    )
    assert clocks(FROM_CHANGE, unset, "mon 12:00", "resolution") == []
    history = ticket(LOW, "mon 14:00 merged into=17", "mon 15:00 excluded cause=misuse")
    (void,) = clocks(FROM_CHANGE, history, "mon 16:00", "resolution")
    assert (void.state, void.ended_at, void.was) == (VOID, on("mon 14:00"), None)
