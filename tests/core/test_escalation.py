from typing import Any

from duly.core import quantity
from duly.core.clock.values import Kind, Level
from duly.core.terms import Ladder, Rules, Rung
from tests.core.tickets import (
    MET,
    MISSED,
    RUNNING,
    SUPERSEDED,
    VOID,
    briefs,
    clocks,
    folded,
    on,
    terms,
    ticket,
)

TARGETS: dict[str, Any] = {"first_response": {"1": "2 hours", "2": "4 hours"}}
LADDER = Ladder(opens=Kind.FIRST_RESPONSE, rungs=(Rung(title="one"), Rung(title="two")))
KNOWN = terms(**TARGETS, ladder=LADDER)
OPENED = "mon 09:00 opened priority=1"
FIRST = "mon 12:00 escalated level=1"


def test_the_first_level_opens_when_the_clock_is_missed() -> None:
    assert folded(KNOWN, ticket(OPENED), "mon 11:00").available == ()
    assert folded(KNOWN, ticket(OPENED), "mon 11:00:01").available == (Level(1, on("mon 11:00")),)


def test_invoking_starts_the_levels_clock_with_the_same_target() -> None:
    then = folded(KNOWN, ticket(OPENED, FIRST), "mon 13:00")
    assert then.invoked == (Level(1, on("mon 12:00")),)
    (clock,) = [clock for clock in then.clocks if clock.kind is Kind.ESCALATION]
    assert (clock.cycle, clock.state, clock.due_at, clock.target) == (
        1,
        RUNNING,
        on("mon 14:00"),
        "2 hours",
    )


def test_the_next_level_opens_when_the_levels_clock_is_missed() -> None:
    history = ticket(OPENED, FIRST, "mon 15:00 escalated level=2")
    then = folded(KNOWN, history, "mon 16:00")
    assert then.available == (Level(1, on("mon 11:00")), Level(2, on("mon 14:00")))
    assert briefs(KNOWN, history, "mon 16:00", "escalation") == [
        (MISSED, "mon 12:00", "mon 14:00"),
        (RUNNING, "mon 15:00", "mon 17:00"),
    ]
    # There is no third level to open.
    assert len(folded(KNOWN, history, "mon 20:00").available) == 2


def test_an_answer_meets_every_clock_that_waits_for_it() -> None:
    history = ticket(OPENED, FIRST, "mon 15:00 escalated level=2", "mon 16:00 replied by=agent")
    then = folded(KNOWN, history, "tue 09:00")
    assert [(clock.kind, clock.state, clock.late_seconds) for clock in then.clocks] == [
        ("first_response", MISSED, 5 * 3600),
        ("escalation", MISSED, 2 * 3600),
        ("escalation", MET, None),
    ]


def test_an_opened_level_stays_listed_and_cannot_be_invoked_after_an_answer() -> None:
    for line in ("replied by=agent", "resolved by=customer", "closed"):
        history = ticket(OPENED, f"mon 11:30 {line}", FIRST)
        then = folded(KNOWN, history, "mon 13:00")
        assert then.available == (Level(1, on("mon 11:00")),)
        assert then.invoked == ()
        assert clocks(KNOWN, history, "mon 13:00", "escalation") == []


def test_a_reopening_gives_the_way_up_back_unless_somebody_answered() -> None:
    for by, invoked in (("customer", 1), ("automatic", 1), ("agent", 0)):
        history = ticket(
            OPENED,
            f"mon 11:30 resolved by={by}",
            "mon 11:40 reopened by=customer",
            FIRST,
        )
        assert len(folded(KNOWN, history, "mon 13:00").invoked) == invoked


def test_a_timed_ladder_rests_while_resolved() -> None:
    history = ticket(OPENED, "mon 11:30 resolved by=customer")
    assert folded(TIMED, history, "tue 09:00").available == ()


def test_invoking_an_unopened_level_moves_nothing() -> None:
    history = ticket(OPENED, "mon 10:00 escalated level=1", "mon 12:00 escalated level=2")
    then = folded(KNOWN, history, "mon 13:00")
    assert then.invoked == ()
    assert clocks(KNOWN, history, "mon 13:00", "escalation") == []


def test_a_level_is_invoked_once() -> None:
    history = ticket(OPENED, FIRST, "mon 13:00 escalated level=1")
    assert briefs(KNOWN, history, "mon 13:30", "escalation") == [
        (RUNNING, "mon 12:00", "mon 14:00")
    ]


def test_a_plan_without_a_ladder_has_no_levels() -> None:
    then = folded(terms(**TARGETS), ticket(OPENED, FIRST), "mon 13:00")
    assert (then.available, then.invoked, len(then.clocks)) == ((), (), 1)


def test_only_the_clock_that_is_named_opens_the_ladder() -> None:
    known = terms(resolution={"1": "1 hour"}, first_response={"1": "2 hours"}, ladder=LADDER)
    assert folded(known, ticket(OPENED), "mon 10:30").available == ()


def test_resolving_by_the_customer_voids_the_levels_clock() -> None:
    history = ticket(OPENED, FIRST, "mon 13:00 resolved by=customer")
    assert briefs(KNOWN, history, "mon 15:00", "escalation") == [(VOID, "mon 12:00", "mon 14:00")]


def test_a_levels_clock_keeps_its_target_when_the_priority_changes() -> None:
    history = ticket(OPENED, FIRST, "mon 13:00 prioritised priority=2")
    assert briefs(KNOWN, history, "mon 13:30", "escalation") == [
        (RUNNING, "mon 12:00", "mon 14:00")
    ]


def test_from_start_it_takes_the_new_target() -> None:
    rules = Rules(priority_change={Kind.ESCALATION: "from_start"})
    known = terms(**TARGETS, ladder=LADDER, rules=rules)
    history = ticket(OPENED, FIRST, "mon 13:00 prioritised priority=2")
    assert briefs(known, history, "mon 13:30", "escalation") == [
        (RUNNING, "mon 12:00", "mon 16:00")
    ]
    to_none = ticket(
        OPENED, FIRST, "mon 13:00 prioritised priority=3", "mon 13:10 prioritised priority=1"
    )
    assert [state for state, *_ in briefs(known, to_none, "mon 13:30", "escalation")] == [
        SUPERSEDED
    ]


def test_a_level_of_a_priority_without_a_target_is_invoked_without_a_clock() -> None:
    history = ticket(OPENED, "mon 11:30 prioritised priority=3", FIRST)
    then = folded(KNOWN, history, "mon 13:00")
    assert then.invoked == (Level(1, on("mon 12:00")),)
    assert [clock.kind for clock in then.clocks] == ["first_response"]


TIMED = terms(
    **TARGETS,
    ladder=Ladder(
        opens=Kind.FIRST_RESPONSE,
        rungs=(
            Rung(after=quantity.parse("1 hour")),
            Rung(after=quantity.parse("30 business minutes")),
        ),
        invoked_by="provider",
    ),
)


def test_a_timed_ladder_opens_by_itself() -> None:
    # Missed at 11:00, an hour later the first level, half an hour later the second.
    assert folded(TIMED, ticket(OPENED), "mon 12:00").available == ()
    assert folded(TIMED, ticket(OPENED), "mon 13:00").available == (
        Level(1, on("mon 12:00")),
        Level(2, on("mon 12:30")),
    )


def test_an_answer_stops_a_timed_ladder() -> None:
    history = ticket(OPENED, "mon 12:10 replied by=agent")
    assert folded(TIMED, history, "tue 09:00").available == (Level(1, on("mon 12:00")),)


def test_a_higher_level_supersedes_the_clock_of_the_lower() -> None:
    history = ticket(OPENED, "mon 12:10 escalated level=1", "mon 12:40 escalated level=2")
    assert briefs(TIMED, history, "mon 13:00", "escalation") == [
        (SUPERSEDED, "mon 12:10", "mon 14:10"),
        (RUNNING, "mon 12:40", "mon 14:40"),
    ]


def test_levels_are_listed_in_order_whatever_was_invoked_first() -> None:
    history = ticket(OPENED, "mon 12:40 escalated level=2", "mon 12:50 escalated level=1")
    assert [clock.cycle for clock in clocks(TIMED, history, "mon 13:00", "escalation")] == [1, 2]


def test_a_later_miss_opens_the_next_level_of_a_timed_ladder() -> None:
    known = terms(
        update={"1": "every 2 hours"},
        ladder=Ladder(
            opens=Kind.UPDATE,
            rungs=(Rung(), Rung(after=quantity.parse("3 hours"))),
            invoked_by="provider",
        ),
    )
    history = ticket(OPENED, "mon 10:00 replied by=agent", "mon 13:00 replied by=agent")
    # Missed at 12: level 1. Answered at 13, so level 2 does not open at 15. Missed again at 15: it opens at 18.
    assert folded(known, history, "mon 19:00").available == (
        Level(1, on("mon 12:00")),
        Level(2, on("mon 18:00")),
    )


def test_wakes_at_names_the_next_opening() -> None:
    then = folded(TIMED, ticket(OPENED), "mon 11:30")
    assert then.wakes_at == on("mon 12:00:01")
