"""Cells behind gates, and cells that start or are met in their own way."""

import pytest

from duly.core import quantity
from duly.core.calendar.layout import CalendarError
from duly.core.clock.values import Kind
from duly.core.terms import Cell, Gate, Priority, Rules, Terms
from tests.core.tickets import (
    CALENDARS,
    MET,
    RUNNING,
    SUPERSEDED,
    briefs,
    clocks,
    folded,
    terms,
    ticket,
)


def cell(
    within: str,
    when: Gate | None = None,
    *,
    starts: str | None = None,
    met_by: tuple[str, ...] = (),
) -> Cell:
    return Cell(
        target=quantity.parse(within),
        when=when,
        starts=starts,
        met_by=frozenset(met_by) or None,
    )


PHONE_AT_NIGHT = terms(
    first_response={
        "1": [
            cell("30 minutes", Gate(channel=("phone",), during="nights")),
            cell("1 business hour", Gate(channel=("phone", "email"))),
            cell("best effort", Gate(flags=frozenset({"vip", "eu"}))),
        ]
    }
)


@pytest.mark.parametrize(
    ("opened", "target"),
    [
        ("mon 21:00 opened priority=1 channel=phone", "30 minutes"),
        ("mon 12:00 opened priority=1 channel=phone", "1 business hour"),
        ("mon 21:00 opened priority=1 channel=email", "1 business hour"),
        ("mon 21:00 opened priority=1 channel=web flags=eu,vip,new", "best effort"),
    ],
)
def test_the_first_gate_that_holds_chooses_the_target(opened: str, target: str) -> None:
    (clock,) = clocks(PHONE_AT_NIGHT, ticket(opened), opened[:9], "first_response")
    assert clock.target == target


@pytest.mark.parametrize("facts", ["", "channel=web", "channel=web flags=vip"])
def test_when_no_gate_holds_nothing_is_promised(facts: str) -> None:
    opened = f"mon 12:00 opened priority=1 {facts}"
    assert briefs(PHONE_AT_NIGHT, ticket(opened), "mon 13:00", "first_response") == []


@pytest.mark.parametrize("fact", ["environment", "component", "contact", "requested", "region"])
def test_every_fact_may_be_asked_for(fact: str) -> None:
    gate = Gate(**{fact: ("yes",)})  # type: ignore[arg-type]
    known = terms(first_response={"1": [cell("1 hour", gate), cell("2 hours")]})
    for stated, due in (
        (f"{fact}=yes", "mon 10:00"),
        (f"{fact}=no", "mon 11:00"),
        ("", "mon 11:00"),
    ):
        history = ticket(f"mon 09:00 opened priority=1 {stated}")
        assert briefs(known, history, "mon 09:00", "first_response")[0][2] == due


def test_a_gate_is_read_again_at_a_change_with_the_facts_restated() -> None:
    production = Gate(environment=("production",))
    known = terms(
        resolution={
            "1": [cell("4 business hours", production), cell("8 business hours")],
            "2": "16 business hours",
        }
    )
    history = ticket(
        "mon 09:00 opened priority=2 environment=test",
        "mon 10:00 prioritised priority=1 environment=production",
    )
    assert briefs(known, history, "mon 11:00", "resolution") == [
        (SUPERSEDED, "mon 09:00", "tue 17:00"),
        (RUNNING, "mon 10:00", "mon 14:00"),
    ]


def test_a_clock_may_start_at_a_mark() -> None:
    known = terms(resolution={"1": cell("8 business hours", starts="reproduced")})
    history = ticket(
        "mon 09:00 opened priority=1",
        "mon 11:00 marked as=verified",
        "tue 10:00 marked as=reproduced",
    )
    assert briefs(known, history, "mon 12:00", "resolution") == []
    assert folded(known, history, "mon 12:00").wakes_at is None
    assert briefs(known, history, "tue 10:00", "resolution") == [
        (RUNNING, "tue 10:00", "wed 10:00")
    ]


def test_what_was_given_before_the_mark_is_not_owed_again() -> None:
    known = terms(first_response={"1": cell("8 business hours", starts="reproduced")})
    history = ticket(
        "mon 09:00 opened priority=1",
        "mon 10:00 replied by=agent",
        "mon 11:00 marked as=reproduced",
    )
    assert briefs(known, history, "mon 12:00", "first_response") == []


def test_before_its_mark_a_clock_is_met_by_its_own_words_and_by_no_others() -> None:
    known = terms(
        resolution={"1": cell("8 business hours", starts="reproduced", met_by=("verified",))}
    )
    told = ["mon 09:00 opened priority=1", "mon 10:00 resolved by=agent"]
    reproduced = "mon 11:00 marked as=reproduced"
    assert briefs(known, ticket(*told, reproduced), "mon 12:00", "resolution") == [
        (RUNNING, "mon 11:00", "tue 11:00")
    ]
    verified = ticket(*told, "mon 10:30 marked as=verified", reproduced)
    assert briefs(known, verified, "mon 12:00", "resolution") == []


def test_lowering_is_said_to_the_clock_as_it_was() -> None:
    known = terms(resolution={"1": cell("8 hours", met_by=("lowered",)), "2": "16 hours"})
    lowered = ticket("mon 09:00 opened priority=1", "mon 10:00 prioritised priority=2 by=agent")
    assert briefs(known, lowered, "mon 11:00", "resolution") == [(MET, "mon 09:00", "mon 17:00")]


@pytest.mark.parametrize("meanwhile", [[], ["tue 10:00 resumed"]])
def test_a_pause_that_reaches_beyond_what_met_the_clock_still_counts(meanwhile: list[str]) -> None:
    known = terms(
        resolution={"1": cell("16 business hours", met_by=("closed",))},
        rules=Rules(pauses={Kind.RESOLUTION: frozenset({"customer"})}),
    )
    history = ticket(
        "mon 09:00 opened priority=1",
        "mon 11:00 waiting on=customer",
        "mon 15:00 closed by=agent",
        *meanwhile,
        "wed 11:00 reopened by=customer",
    )
    # Monday 9-11 used 2 of 16 hours; 14 more from Wednesday 11:00 are 6 that day and 8 on Thursday.
    assert briefs(known, history, "wed 12:00", "resolution") == [
        (RUNNING, "mon 09:00", "thu 17:00")
    ]


def test_a_later_cycle_starts_at_once_when_the_mark_was_made() -> None:
    known = terms(update={"1": cell("every 2 hours", starts="verified")})
    history = ticket(
        "mon 09:00 opened priority=1",
        "mon 10:00 replied by=agent",
        "mon 11:00 marked as=verified",
        "mon 12:00 replied by=agent",
    )
    assert briefs(known, history, "mon 13:00", "update") == [
        (MET, "mon 11:00", "mon 13:00"),
        (RUNNING, "mon 12:00", "mon 14:00"),
    ]


def test_a_clock_may_start_when_an_agent_sets_the_priority() -> None:
    known = terms(first_response={"1": cell("2 hours", starts="prioritised"), "2": "8 hours"})
    chosen = "mon 09:00 opened priority=1"
    for line, start in (
        ("mon 10:00 prioritised priority=1 by=agent", "mon 10:00"),
        ("mon 10:00 prioritised priority=1 by=customer", None),
    ):
        found = briefs(known, ticket(chosen, line), "mon 11:00", "first_response")
        assert [each[1] for each in found] == ([start] if start else [])
    raised = ticket("mon 09:00 opened priority=2", "mon 10:00 prioritised priority=1 by=agent")
    assert briefs(known, raised, "mon 11:00", "first_response") == [
        (SUPERSEDED, "mon 09:00", "mon 17:00"),
        (RUNNING, "mon 10:00", "mon 12:00"),
    ]


def test_met_by_takes_the_place_of_the_kinds_own_events() -> None:
    known = terms(first_response={"1": cell("2 hours", met_by=("reproduced", "resolved"))})
    history = ticket(
        "mon 09:00 opened priority=1",
        "mon 10:00 replied by=agent",
        "mon 10:30 marked as=reproduced",
    )
    assert briefs(known, history, "mon 10:00", "first_response")[0][0] == RUNNING
    assert briefs(known, history, "mon 10:30", "first_response")[0][0] == MET


def test_a_corrective_action_is_a_plan_a_workaround_or_a_solution() -> None:
    known = terms(resolution={"1": cell("4 hours", met_by=("plan", "workaround", "resolved"))})
    for line in ("marked as=plan", "marked as=workaround", "resolved by=customer"):
        history = ticket("mon 09:00 opened priority=1", f"mon 10:00 {line}")
        assert briefs(known, history, "mon 11:00", "resolution")[0][0] == MET
    # The plan was the promise: a reopening takes nothing back.
    history = ticket(
        "mon 09:00 opened priority=1",
        "mon 10:00 marked as=plan",
        "mon 11:00 resolved by=agent",
        "mon 12:00 reopened by=customer",
    )
    assert briefs(known, history, "mon 18:00", "resolution") == [(MET, "mon 09:00", "mon 13:00")]


def test_a_target_may_be_a_less_urgent_priority() -> None:
    known = terms(workaround={"1": cell("12 hours", met_by=("lowered",)), "2": "none"})
    history = ticket("mon 09:00 opened priority=1", "mon 15:00 prioritised priority=2")
    assert briefs(known, history, "mon 16:00", "workaround") == [(MET, "mon 09:00", "mon 21:00")]
    raised = terms(workaround={"2": cell("12 hours", met_by=("lowered",))})
    history = ticket("mon 09:00 opened priority=2", "mon 15:00 prioritised priority=1")
    assert briefs(raised, history, "mon 16:00", "workaround")[0][0] == SUPERSEDED


def test_a_clock_may_be_met_by_closing_and_taken_back_from_there() -> None:
    known = terms(resolution={"1": cell("16 business hours", met_by=("closed",))})
    history = ticket(
        "mon 09:00 opened priority=1",
        "mon 15:00 resolved by=agent",
        "tue 09:00 closed",
        "wed 09:00 reopened by=customer",
    )
    assert briefs(known, history, "mon 16:00", "resolution")[0][0] == RUNNING
    # Monday's eight hours were used, eight more from Wednesday 9:00 on.
    assert briefs(known, history, "wed 10:00", "resolution") == [
        (RUNNING, "mon 09:00", "wed 17:00")
    ]


def test_hours_may_differ_by_priority() -> None:
    known = Terms(
        policy="p",
        version="1",
        plan="premium",
        priorities=(Priority(key="1"), Priority(key="2")),
        calendars=CALENDARS,
        hours={"1": "always", "2": "office"},
        targets=terms(first_response={"1": "4 business hours", "2": "4 business hours"}).targets,
    )
    for priority, due in (("1", "mon 20:00"), ("2", "tue 12:00")):
        history = ticket(f"mon 16:00 opened priority={priority}")
        assert briefs(known, history, "mon 16:00", "first_response")[0][2] == due


def test_a_calendar_that_nobody_gave_is_an_error_only_for_the_cell_that_needs_it() -> None:
    known = terms(first_response={"1": "8 business hours on customer", "2": "8 business hours"})
    folded(known, ticket("mon 09:00 opened priority=2"), "mon 10:00")
    with pytest.raises(CalendarError, match="customer"):
        folded(known, ticket("mon 09:00 opened priority=1"), "mon 10:00")


def test_business_hours_of_a_plan_without_hours_are_an_error() -> None:
    bare = Terms(
        policy="p",
        version="1",
        plan="bare",
        priorities=(Priority(key="1"),),
        targets=terms(first_response={"1": "8 business hours"}).targets,
    )
    with pytest.raises(CalendarError, match="the plan 'bare' names no hours, and 8 business hours"):
        folded(bare, ticket("mon 09:00 opened priority=1"), "mon 10:00")


def test_a_calendar_that_never_opens_gives_no_due_and_no_miss() -> None:
    known = terms(first_response={"1": "8 business hours"}, hours="never")
    (clock,) = clocks(known, ticket("mon 09:00 opened priority=1"), "fri 09:00", "first_response")
    assert (clock.state, clock.due_at, clock.soon_at) == (RUNNING, None, None)
    assert clock.remaining_seconds == 8 * 3600
