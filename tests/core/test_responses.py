from tests.core.tickets import (
    BEST_EFFORT,
    MET,
    MISSED,
    PAUSED,
    RUNNING,
    VOID,
    briefs,
    clocks,
    folded,
    on,
    terms,
    ticket,
)

FOUR_HOURS = terms(first_response={"1": "4 business hours"}, next_response={"1": "2 hours"})
OPENED = "mon 15:00 opened priority=1"


def test_a_first_response_runs_from_the_opening() -> None:
    # Monday 15-17 gives 2 of 4 hours, Tuesday 9-11 the rest.
    assert briefs(FOUR_HOURS, ticket(OPENED), "mon 16:00", "first_response") == [
        (RUNNING, "mon 15:00", "tue 11:00")
    ]


def test_it_is_met_exactly_when_due_and_missed_only_after_it() -> None:
    answered = ticket(OPENED, "tue 11:00 replied by=agent")
    late = ticket(OPENED, "tue 11:00:01 replied by=agent")
    assert briefs(FOUR_HOURS, ticket(OPENED), "tue 11:00", "first_response")[0][0] == RUNNING
    assert briefs(FOUR_HOURS, ticket(OPENED), "tue 11:00:01", "first_response")[0][0] == MISSED
    assert briefs(FOUR_HOURS, answered, "wed 09:00", "first_response")[0][0] == MET
    (clock,) = clocks(FOUR_HOURS, late, "wed 09:00", "first_response")
    assert (clock.state, clock.met_at, clock.late_seconds) == (MISSED, on("tue 11:00:01"), 1)


def test_what_is_left_and_when_it_presses() -> None:
    (clock,) = clocks(FOUR_HOURS, ticket(OPENED), "mon 16:00", "first_response")
    assert clock.remaining_seconds == 3 * 3600
    assert clock.soon_at == on("tue 10:00")  # three of four hours used: 15-17 and 9-10
    (missed,) = clocks(FOUR_HOURS, ticket(OPENED), "wed 09:00", "first_response")
    assert (missed.remaining_seconds, missed.soon_at) == (0, None)


def test_only_an_agents_public_message_answers() -> None:
    history = ticket(
        OPENED,
        "mon 15:05 replied by=automatic",
        "mon 15:06 noted",
        "mon 15:07 replied by=customer",
        "mon 15:08 waiting on=customer",
        "mon 15:09 resumed",
        "mon 15:10 updated",
        "mon 15:11 prioritised priority=1",
    )
    assert briefs(FOUR_HOURS, history, "mon 16:00", "first_response")[0][0] == RUNNING


def test_an_agents_resolving_answers_and_anybody_elses_voids() -> None:
    by_agent = ticket(OPENED, "mon 16:00 resolved by=agent")
    by_customer = ticket(OPENED, "mon 16:00 resolved by=customer")
    assert briefs(FOUR_HOURS, by_agent, "tue 09:00", "first_response")[0][0] == MET
    (clock,) = clocks(FOUR_HOURS, by_customer, "tue 09:00", "first_response")
    assert (clock.state, clock.ended_at, clock.due_at) == (VOID, on("mon 16:00"), on("tue 11:00"))


def test_what_is_past_its_due_is_missed_and_not_voided() -> None:
    history = ticket(OPENED, "tue 12:00 resolved by=customer", "tue 13:00 closed")
    assert briefs(FOUR_HOURS, history, "wed 09:00", "first_response")[0][0] == MISSED


def test_a_first_response_is_not_paused_by_default() -> None:
    history = ticket(OPENED, "mon 15:30 waiting on=customer")
    assert briefs(FOUR_HOURS, history, "mon 16:00", "first_response")[0][0] == RUNNING


def test_the_first_customer_message_after_the_desks_is_owed_an_answer() -> None:
    history = ticket(
        OPENED,
        "mon 15:10 replied by=customer",  # before any answer: the first response covers it
        "mon 15:20 replied by=agent",
        "mon 15:30 replied by=customer",
        "mon 15:40 replied by=customer",  # not the first
        "mon 16:00 replied by=agent",
        "mon 16:30 replied by=customer",
    )
    assert briefs(FOUR_HOURS, history, "mon 17:00", "next_response") == [
        (MET, "mon 15:30", "mon 17:30"),
        (RUNNING, "mon 16:30", "mon 18:30"),
    ]


def test_a_missed_next_response_is_still_the_open_one() -> None:
    history = ticket(
        OPENED,
        "mon 15:20 replied by=agent",
        "mon 15:30 replied by=customer",
        "mon 18:00 replied by=customer",
        "mon 19:00 replied by=agent",
    )
    (clock,) = clocks(FOUR_HOURS, history, "mon 20:00", "next_response")
    # Due at 17:30, answered at 19:00.
    assert (clock.state, clock.met_at, clock.late_seconds) == (MISSED, on("mon 19:00"), 5400)


def test_a_next_response_pauses_while_the_desk_waits_and_a_reply_ends_waiting() -> None:
    history = ticket(
        OPENED,
        "mon 15:20 replied by=agent",
        "mon 15:30 replied by=customer",
        "mon 16:00 waiting on=customer",
        "mon 18:00 replied by=customer",
    )
    assert briefs(FOUR_HOURS, history, "mon 17:00", "next_response") == [
        (PAUSED, "mon 15:30", None)
    ]
    # Half an hour was used; an hour and a half remain from 18:00.
    assert briefs(FOUR_HOURS, history, "mon 18:00", "next_response") == [
        (RUNNING, "mon 15:30", "mon 19:30")
    ]


def test_after_closing_no_answer_is_owed() -> None:
    history = ticket(
        OPENED,
        "mon 15:20 replied by=agent",
        "mon 15:30 resolved by=agent",
        "mon 15:40 closed",
        "mon 16:00 replied by=customer",
    )
    assert briefs(FOUR_HOURS, history, "mon 17:00", "next_response") == []


def test_best_effort_promises_no_instant_and_can_be_met() -> None:
    known = terms(first_response={"1": "best effort"})
    (clock,) = clocks(known, ticket(OPENED), "fri 09:00", "first_response")
    assert (clock.state, clock.due_at, clock.calendar) == (BEST_EFFORT, None, None)
    assert clock.remaining_seconds is None
    answered = ticket(OPENED, "fri 09:00 replied by=agent")
    assert briefs(known, answered, "fri 10:00", "first_response")[0][0] == MET
    assert folded(known, answered, "fri 10:00").wakes_at is None


def test_none_and_an_absent_cell_promise_nothing() -> None:
    known = terms(first_response={"1": "none"})
    assert folded(known, ticket(OPENED), "fri 09:00").clocks == ()


def test_a_suggested_target_does_not_bind() -> None:
    known = terms(first_response={"1": "suggested 4 business hours"})
    (clock,) = clocks(known, ticket(OPENED), "mon 16:00", "first_response")
    assert (clock.binding, clock.target) == (False, "suggested 4 business hours")
    (binding,) = clocks(FOUR_HOURS, ticket(OPENED), "mon 16:00", "first_response")
    assert (binding.binding, binding.calendar, binding.terms) == (True, "office", "gold")
