"""Answers that nobody gave before the ticket was resolved or closed are owed from its reopening."""

from tests.core.tickets import MET, MISSED, RUNNING, VOID, briefs, clocks, terms, ticket

FOUR_HOURS = terms(first_response={"1": "4 business hours"}, next_response={"1": "2 hours"})
OPENED = "mon 15:00 opened priority=1"


def test_a_reopening_owes_the_first_response_that_nobody_gave() -> None:
    alone = [OPENED, "mon 15:40 resolved by=customer"]
    # Two hours on Monday, two on Tuesday from 09:00; reopened at noon, the next counts from there.
    first = (VOID, "mon 15:00", "tue 11:00")
    for by in ("customer", "agent"):
        history = ticket(*alone, f"tue 12:00 reopened by={by}")
        assert briefs(FOUR_HOURS, history, "tue 13:00", "first_response") == [
            first,
            (RUNNING, "tue 12:00", "tue 16:00"),
        ]
        assert briefs(FOUR_HOURS, history, "tue 13:00", "next_response") == []
    closed = ticket(OPENED, "mon 15:40 closed", "tue 12:00 reopened by=customer")
    assert briefs(FOUR_HOURS, closed, "tue 13:00", "first_response")[1][0] == RUNNING


def test_a_first_response_that_was_given_or_missed_is_not_owed_anew_by_a_reopening() -> None:
    given = ticket(OPENED, "mon 15:40 resolved by=agent", "tue 12:00 reopened by=customer")
    assert briefs(FOUR_HOURS, given, "tue 13:00", "first_response") == [
        (MET, "mon 15:00", "tue 11:00")
    ]
    missed = ticket(OPENED, "tue 12:00 resolved by=customer", "tue 12:30 reopened by=customer")
    assert briefs(FOUR_HOURS, missed, "tue 13:00", "first_response") == [
        (MISSED, "mon 15:00", "tue 11:00")
    ]


def test_an_agent_who_writes_before_the_reopening_has_answered() -> None:
    for word in ("replied", "resolved"):
        history = ticket(
            OPENED,
            "mon 15:40 resolved by=customer",
            f"mon 16:00 {word} by=agent",
            "tue 12:00 reopened by=customer",
        )
        assert len(clocks(FOUR_HOURS, history, "tue 13:00", "first_response")) == 1
        # What the customer says with the reopening is owed an answer of its own.
        assert briefs(FOUR_HOURS, history, "tue 13:00", "next_response") == [
            (RUNNING, "tue 12:00", "tue 14:00")
        ]


def test_a_reopening_owes_the_next_response_that_nobody_gave() -> None:
    history = ticket(
        OPENED,
        "mon 15:20 replied by=agent",
        "mon 15:30 replied by=customer",
        "mon 15:40 resolved by=customer",
        "mon 16:00 reopened by=customer",
        "mon 16:10 replied by=customer",  # not the first
    )
    assert briefs(FOUR_HOURS, history, "mon 17:00", "next_response") == [
        (VOID, "mon 15:30", "mon 17:30"),
        (RUNNING, "mon 16:00", "mon 18:00"),
    ]


def test_a_message_to_a_closed_ticket_is_owed_an_answer_from_its_reopening() -> None:
    closed = [
        OPENED,
        "mon 15:20 replied by=agent",
        "mon 15:30 replied by=customer",
        "mon 15:40 replied by=agent",
        "mon 15:50 closed",
    ]
    wrote = "mon 16:00 replied by=customer"
    met = (MET, "mon 15:30", "mon 17:30")
    for by in ("customer", "agent"):
        heard = ticket(*closed, wrote, f"tue 09:00 reopened by={by}")
        assert briefs(FOUR_HOURS, heard, "tue 10:00", "next_response") == [
            met,
            (RUNNING, "tue 09:00", "tue 11:00"),
        ]
    answered = ticket(*closed, wrote, "mon 16:10 replied by=agent", "tue 09:00 reopened by=agent")
    assert briefs(FOUR_HOURS, answered, "tue 10:00", "next_response") == [met]
    silent = ticket(*closed, "tue 09:00 reopened by=agent")
    assert briefs(FOUR_HOURS, silent, "tue 10:00", "next_response") == [met]
