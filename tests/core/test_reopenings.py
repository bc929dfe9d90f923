"""What a reopening takes up again of what resolving or closing had ended."""

from duly.core.terms import Rules
from tests.core.tickets import (
    MET,
    MISSED,
    PAUSED,
    RUNNING,
    VOID,
    briefs,
    clocks,
    on,
    terms,
    ticket,
)

CONTINUE = terms(
    resolution={"1": "16 business hours"},
    workaround={"1": "8 business hours"},
    root_cause={"1": "2 business days"},
)
RESTART = terms(
    resolution={"1": "16 business hours"},
    workaround={"1": "8 business hours"},
    rules=Rules(reopen="restart"),
)
OPENED = "mon 09:00 opened priority=1"
RESOLVED = "mon 15:00 resolved by=agent"
REOPENED = "wed 11:00 reopened by=agent"


def test_continuing_takes_the_solution_back_and_solved_time_is_a_pause() -> None:
    history = ticket(OPENED, RESOLVED, REOPENED)
    assert briefs(CONTINUE, history, "tue 09:00", "resolution")[0][0] == MET
    (clock,) = clocks(CONTINUE, history, "wed 12:00", "resolution")
    # Monday 9-15 used 6 of 16 hours; ten more from Wednesday 11:00 are 6 that day and 4 on Thursday.
    assert (clock.cycle, clock.state, clock.due_at) == (1, RUNNING, on("thu 13:00"))
    assert (clock.met_at, clock.remaining_seconds) == (None, 9 * 3600)
    # The workaround was met by the resolving: 2 of its 8 hours are left.
    assert briefs(CONTINUE, history, "wed 12:00", "workaround") == [
        (RUNNING, "mon 09:00", "wed 13:00")
    ]


def test_a_workaround_that_was_given_stays_given() -> None:
    history = ticket(OPENED, "mon 12:00 marked as=workaround", RESOLVED, REOPENED)
    for known in (CONTINUE, RESTART):
        assert briefs(known, history, "fri 12:00", "workaround") == [
            (MET, "mon 09:00", "mon 17:00")
        ]


def test_restarting_begins_the_next_cycle() -> None:
    history = ticket(OPENED, RESOLVED, REOPENED)
    assert briefs(RESTART, history, "wed 12:00", "resolution") == [
        (MET, "mon 09:00", "tue 17:00"),
        (RUNNING, "wed 11:00", "fri 11:00"),
    ]
    assert briefs(RESTART, history, "wed 12:00", "workaround") == [
        (MET, "mon 09:00", "mon 17:00"),
        (RUNNING, "wed 11:00", "thu 11:00"),
    ]


def test_what_was_missed_and_met_late_is_evidence() -> None:
    late = ticket(OPENED, "wed 10:00 resolved by=agent", REOPENED, "fri 12:00 resolved by=agent")
    (clock,) = clocks(CONTINUE, late, "fri 13:00", "resolution")
    # Due Tuesday 17:00; the 17 hours to the first resolving stay.
    assert (clock.state, clock.met_at, clock.late_seconds) == (MISSED, on("wed 10:00"), 17 * 3600)
    assert briefs(RESTART, late, "thu 13:00", "resolution") == [
        (MISSED, "mon 09:00", "tue 17:00"),
        (RUNNING, "wed 11:00", "fri 11:00"),
    ]


def test_waiting_that_began_while_solved_goes_on_after_the_reopening() -> None:
    history = ticket(
        OPENED, RESOLVED, "tue 09:00 waiting on=customer", REOPENED, "thu 11:00 resumed"
    )
    assert briefs(CONTINUE, history, "wed 12:00", "resolution") == [(PAUSED, "mon 09:00", None)]
    # 10 of 16 hours are left on Thursday 11:00: 6 that day, 4 on Friday.
    assert briefs(CONTINUE, history, "thu 12:00", "resolution") == [
        (RUNNING, "mon 09:00", "fri 13:00")
    ]


def test_waiting_while_solved_that_ended_leaves_no_second_pause() -> None:
    history = ticket(
        OPENED, RESOLVED, "tue 09:00 waiting on=customer", "tue 12:00 resumed", REOPENED
    )
    assert briefs(CONTINUE, history, "wed 12:00", "resolution") == [
        (RUNNING, "mon 09:00", "thu 13:00")
    ]


def test_reopened_in_the_second_of_the_resolving_nothing_was_solved() -> None:
    history = ticket(OPENED, RESOLVED, "mon 15:00 reopened by=agent")
    assert briefs(CONTINUE, history, "mon 16:00", "resolution") == [
        (RUNNING, "mon 09:00", "tue 17:00")
    ]


def test_a_reopening_by_the_customer_is_a_message_to_answer() -> None:
    known = terms(next_response={"1": "2 hours"}, first_response={"1": "4 hours"})
    history = ticket(OPENED, RESOLVED, "wed 11:00 reopened by=customer")
    assert briefs(known, history, "wed 12:00", "next_response") == [
        (RUNNING, "wed 11:00", "wed 13:00")
    ]
    # The first response is owed once.
    assert len(clocks(known, history, "wed 12:00", "first_response")) == 1
    by_agent = ticket(OPENED, RESOLVED, "wed 11:00 reopened by=agent")
    assert briefs(known, by_agent, "wed 12:00", "next_response") == []


def test_a_reopening_by_the_customer_ends_waiting_on_the_customer() -> None:
    history = ticket(
        OPENED, RESOLVED, "tue 09:00 waiting on=customer", "wed 11:00 reopened by=customer"
    )
    assert briefs(CONTINUE, history, "wed 12:00", "resolution") == [
        (RUNNING, "mon 09:00", "thu 13:00")
    ]


def test_reopening_what_is_open_is_only_a_message() -> None:
    history = ticket(OPENED, "mon 10:00 waiting on=customer", "mon 12:00 reopened by=customer")
    assert briefs(CONTINUE, history, "mon 13:00", "resolution") == [
        (RUNNING, "mon 09:00", "wed 11:00")
    ]


def test_closing_voids_what_is_open_and_a_reopening_promises_anew() -> None:
    history = ticket(OPENED, "mon 12:00 closed", "tue 12:00 reopened by=customer")
    (void,) = clocks(CONTINUE, history, "mon 13:00", "resolution")
    assert (void.state, void.ended_at, void.remaining_seconds) == (VOID, on("mon 12:00"), None)
    assert briefs(CONTINUE, history, "tue 13:00", "resolution") == [
        (VOID, "mon 09:00", "tue 17:00"),
        (RUNNING, "tue 12:00", "thu 12:00"),
    ]


def test_what_a_reopening_took_back_and_closing_voided_starts_anew() -> None:
    history = ticket(
        OPENED, RESOLVED, REOPENED, "wed 12:00 closed", "wed 13:00 reopened by=customer"
    )
    # Six of sixteen hours on Monday; ten from Wednesday 11:00: 6 + 4. Then the next has all sixteen: 4 + 8 + 4.
    assert briefs(CONTINUE, history, "wed 14:00", "resolution") == [
        (VOID, "mon 09:00", "thu 13:00"),
        (RUNNING, "wed 13:00", "fri 13:00"),
    ]


def test_closed_while_missed_stays_missed_and_may_be_met_late() -> None:
    history = ticket(
        OPENED, "wed 09:00 closed", "thu 09:00 reopened by=agent", "thu 17:00 resolved by=agent"
    )
    (clock,) = clocks(CONTINUE, history, "fri 09:00", "resolution")
    # Due Tuesday 17:00, met two days later.
    assert (clock.state, clock.late_seconds) == (MISSED, 2 * 86400)


def test_what_closing_voided_starts_anew_beside_an_older_miss() -> None:
    history = ticket(
        "mon 09:00 opened priority=2",
        "tue 09:00 prioritised priority=1",
        "tue 12:00 closed",
        "wed 09:00 reopened by=customer",
    )
    known = terms(resolution={"1": "16 business hours", "2": "8 business hours"})
    assert briefs(known, history, "wed 10:00", "resolution") == [
        (MISSED, "mon 09:00", "mon 17:00"),
        (VOID, "tue 09:00", "wed 17:00"),
        (RUNNING, "wed 09:00", "thu 17:00"),
    ]


def test_resolving_a_closed_ticket_answers_its_miss_and_restarts_at_the_reopening() -> None:
    history = ticket(
        OPENED, "wed 09:00 closed", "wed 10:00 resolved by=agent", "wed 11:00 reopened by=agent"
    )
    for known, cycles in (
        (CONTINUE, [(MISSED, "mon 09:00", "tue 17:00")]),
        (RESTART, [(MISSED, "mon 09:00", "tue 17:00"), (RUNNING, "wed 11:00", "fri 11:00")]),
    ):
        assert briefs(known, history, "wed 12:00", "resolution") == cycles


def test_a_miss_that_is_answered_late_does_not_end_what_closing_voided_after_it() -> None:
    history = ticket(
        "mon 09:00 opened priority=2",
        "tue 09:00 prioritised priority=1",
        "tue 12:00 closed",
        "tue 13:00 resolved by=agent",
        "wed 09:00 reopened by=customer",
    )
    known = terms(resolution={"1": "16 business hours", "2": "8 business hours"})
    assert briefs(known, history, "wed 10:00", "resolution") == [
        (MISSED, "mon 09:00", "mon 17:00"),
        (VOID, "tue 09:00", "wed 17:00"),
        (RUNNING, "wed 09:00", "thu 17:00"),
    ]


def test_reopened_while_missed_it_is_owed_again() -> None:
    history = ticket(
        "mon 09:00 opened priority=2",
        "wed 09:00 closed",
        "thu 09:00 reopened by=agent",
        "thu 10:00 prioritised priority=1",
    )
    known = terms(resolution={"1": "16 business hours", "2": "8 business hours"})
    assert briefs(known, history, "thu 11:00", "resolution") == [
        (MISSED, "mon 09:00", "mon 17:00"),
        (RUNNING, "thu 10:00", "mon+1 10:00"),
    ]


def test_a_workaround_that_nobody_promised_is_given_all_the_same() -> None:
    known = terms(workaround={"2": "8 business hours"})
    history = ticket(
        OPENED,
        "mon 10:00 marked as=workaround",
        RESOLVED,
        REOPENED,
        "wed 12:00 prioritised priority=2",
    )
    assert briefs(known, history, "wed 13:00", "workaround") == []


def test_nothing_promised_is_still_owed_after_a_reopening() -> None:
    known = terms(resolution={"2": "8 business hours"})
    history = ticket(OPENED, RESOLVED, REOPENED, "wed 13:00 prioritised priority=2")
    assert briefs(known, history, "wed 14:00", "resolution") == [
        (RUNNING, "wed 13:00", "thu 13:00")
    ]
