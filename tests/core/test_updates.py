from duly.core.terms import Rules
from tests.core.tickets import (
    CONTINUOUS,
    MET,
    MISSED,
    PAUSED,
    RUNNING,
    SUPERSEDED,
    VOID,
    briefs,
    clocks,
    on,
    terms,
    ticket,
)

TWO_HOURS = terms(update={"1": "every 2 hours", "2": "every 4 hours"})
OPENED = "mon 09:00 opened priority=1"
REPLIED = "mon 10:00 replied by=agent"


def test_updates_are_owed_once_an_agent_has_replied() -> None:
    before = ticket(OPENED, "mon 09:30 updated", "mon 09:40 replied by=automatic")
    assert briefs(TWO_HOURS, before, "mon 20:00", "update") == []
    assert briefs(TWO_HOURS, ticket(OPENED, REPLIED), "mon 11:00", "update") == [
        (RUNNING, "mon 10:00", "mon 12:00")
    ]


def test_each_public_update_meets_the_running_cycle_and_starts_the_next() -> None:
    history = ticket(OPENED, REPLIED, "mon 11:00 updated", "mon 12:30 replied by=agent")
    assert briefs(TWO_HOURS, history, "mon 13:00", "update") == [
        (MET, "mon 10:00", "mon 12:00"),
        (MET, "mon 11:00", "mon 13:00"),
        (RUNNING, "mon 12:30", "mon 14:30"),
    ]


def test_a_missed_update_is_missed_for_good_and_the_next_starts_at_its_due() -> None:
    history = ticket(OPENED, REPLIED, "mon 15:00 replied by=agent")
    # Due at 12 and at 14, both in silence; the third, from 14 to 16, is met at 15.
    assert briefs(TWO_HOURS, history, "mon 16:00", "update") == [
        (MISSED, "mon 10:00", "mon 12:00"),
        (MISSED, "mon 12:00", "mon 14:00"),
        (MET, "mon 14:00", "mon 16:00"),
        (RUNNING, "mon 15:00", "mon 17:00"),
    ]
    first, *_ = clocks(TWO_HOURS, history, "mon 16:00", "update")
    assert (first.met_at, first.late_seconds) == (None, None)


def test_an_update_at_the_due_instant_is_in_time() -> None:
    history = ticket(OPENED, REPLIED, "mon 12:00 updated")
    assert [state for state, *_ in briefs(TWO_HOURS, history, "mon 12:00", "update")] == [
        MET,
        RUNNING,
    ]


def test_no_chain_runs_while_the_desk_waits_on_the_customer() -> None:
    history = ticket(
        OPENED, REPLIED, "mon 11:00 waiting on=customer", "tue 11:00 replied by=customer"
    )
    assert briefs(TWO_HOURS, history, "tue 09:00", "update") == [(PAUSED, "mon 10:00", None)]
    # One hour was used before the pause, so one is left after it.
    assert briefs(TWO_HOURS, history, "tue 11:00", "update") == [
        (RUNNING, "mon 10:00", "tue 12:00")
    ]


def test_a_reply_while_waiting_meets_the_paused_cycle_and_starts_a_paused_one() -> None:
    history = ticket(OPENED, REPLIED, "mon 11:00 waiting on=customer", "mon 16:00 replied by=agent")
    # Had the pause ended with the reply, the hour left would have reached to 17:00.
    assert briefs(TWO_HOURS, history, "mon 17:00", "update") == [
        (MET, "mon 10:00", "mon 17:00"),
        (PAUSED, "mon 16:00", None),
    ]


def test_no_chain_runs_while_resolved_or_closed() -> None:
    resolved = ticket(OPENED, REPLIED, "mon 11:00 resolved by=agent", "mon 12:00 replied by=agent")
    assert [state for state, *_ in briefs(TWO_HOURS, resolved, "fri 09:00", "update")] == [MET]
    by_customer = ticket(OPENED, REPLIED, "mon 11:00 resolved by=customer", "mon 12:00 updated")
    assert [state for state, *_ in briefs(TWO_HOURS, by_customer, "fri 09:00", "update")] == [VOID]
    closed = ticket(OPENED, REPLIED, "mon 11:00 closed", "mon 12:00 replied by=agent")
    (clock,) = clocks(TWO_HOURS, closed, "fri 09:00", "update")
    assert (clock.state, clock.ended_at) == (VOID, on("mon 11:00"))


def test_a_reopening_starts_the_next_cycle() -> None:
    history = ticket(OPENED, REPLIED, "mon 11:00 resolved by=agent", "tue 09:00 reopened by=agent")
    assert briefs(TWO_HOURS, history, "tue 10:00", "update")[-1] == (
        RUNNING,
        "tue 09:00",
        "tue 11:00",
    )


def test_cadence_in_business_days() -> None:
    known = terms(update={"1": "every other business day"})
    history = ticket("mon 10:00 opened priority=1", "fri 10:00 replied by=agent")
    # Two open days after Friday: Monday and Tuesday, at its close. Then Thursday, and so on.
    assert briefs(known, history, "fri+1 09:00", "update") == [
        (MISSED, "fri 10:00", "tue+1 17:00"),
        (MISSED, "tue+1 17:00", "thu+1 17:00"),
        (RUNNING, "thu+1 17:00", "mon+2 17:00"),
    ]


def test_cadence_to_the_end_of_the_business_day_moves_on() -> None:
    known = terms(update={"1": "every end of business day"})
    assert briefs(known, ticket(OPENED, REPLIED), "wed 09:00", "update") == [
        (MISSED, "mon 10:00", "mon 17:00"),
        (MISSED, "mon 17:00", "tue 17:00"),
        (RUNNING, "tue 17:00", "wed 17:00"),
    ]


def test_continuous_work_has_no_due_instant() -> None:
    known = terms(update={"1": "continuous"})
    assert briefs(known, ticket(OPENED, REPLIED), "fri 09:00", "update") == [
        (CONTINUOUS, "mon 10:00", None)
    ]


def test_another_priority_starts_the_next_cycle_at_the_change() -> None:
    history = ticket(OPENED, REPLIED, "mon 11:00 prioritised priority=2")
    assert briefs(TWO_HOURS, history, "mon 11:30", "update") == [
        (SUPERSEDED, "mon 10:00", "mon 12:00"),
        (RUNNING, "mon 11:00", "mon 15:00"),
    ]


def test_a_resolving_that_does_not_meet_ends_the_chain() -> None:
    from duly.core import quantity
    from duly.core.terms import Cell

    cell = Cell(target=quantity.parse("every 2 hours"), met_by=frozenset({"updated"}))
    known = terms(update={"1": cell}, rules=Rules())
    history = ticket(OPENED, REPLIED, "mon 11:00 replied by=agent", "mon 11:30 resolved by=agent")
    assert briefs(known, history, "tue 09:00", "update") == [(VOID, "mon 10:00", "mon 12:00")]
