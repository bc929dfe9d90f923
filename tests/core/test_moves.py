"""Moves to other terms: open clocks follow, settled ones stay."""

from duly.core.clock.values import Change, Kind
from duly.core.terms import Rules
from tests.core.retargets import FROM_CHANGE, LOW, TARGETS, URGENT, moved
from tests.core.tickets import BEST_EFFORT, MISSED, RUNNING, SUPERSEDED, briefs, clocks, on, terms

SILVER = terms(
    plan="silver",
    first_response={"1": "1 business hour", "2": "8 business hours"},
    update={"1": "every 2 hours"},
)
BOTH = {"gold": FROM_CHANGE, "silver": SILVER}


def test_a_move_retargets_open_clocks_from_their_start() -> None:
    history = moved(LOW, "mon 10:00 moved why=upgrade")
    (clock,) = clocks(BOTH, history, "mon 11:00", "first_response")
    assert (clock.state, clock.due_at, clock.terms) == (RUNNING, on("mon 17:00"), "silver")
    assert clock.changes == (Change(on("mon 10:00"), on("mon 13:00"), "upgrade"),)


def test_a_move_that_promises_less_time_misses_at_the_new_due() -> None:
    history = moved(URGENT, "mon 10:30 moved")
    assert briefs(BOTH, history, "mon 10:30", "first_response") == [
        (MISSED, "mon 09:00", "mon 10:00")
    ]


def test_a_move_supersedes_what_is_no_longer_promised() -> None:
    history = moved(LOW, "mon 10:00 moved")
    (clock,) = clocks(BOTH, history, "mon 11:00", "resolution")
    assert (clock.state, clock.ended_at, clock.terms) == (SUPERSEDED, on("mon 10:00"), "gold")


def test_a_move_starts_what_was_not_promised_before_at_the_move() -> None:
    history = moved(URGENT, "mon 09:30 replied by=agent", "mon 11:00 moved")
    assert briefs(BOTH, history, "mon 12:00", "update") == [(RUNNING, "mon 11:00", "mon 13:00")]


def test_a_move_leaves_settled_promises_alone() -> None:
    history = moved(URGENT, "mon 12:00 moved")
    (clock,) = clocks(BOTH, history, "mon 13:00", "first_response")
    assert (clock.state, clock.due_at, clock.terms, clock.changes) == (
        MISSED,
        on("mon 11:00"),
        "gold",
        (),
    )


def test_a_move_brings_its_own_reasons_to_pause() -> None:
    eager = terms(**TARGETS, rules=Rules(pauses={Kind.RESOLUTION: frozenset()}))
    known = {"gold": FROM_CHANGE, "silver": eager}
    history = moved(LOW, "mon 10:00 waiting on=customer", "mon 12:00 moved")
    # Paused from 10 to 12 under the old terms, and not from then on: 16 hours end Wednesday 11:00.
    assert briefs(known, history, "mon 13:00", "resolution") == [
        (RUNNING, "mon 09:00", "wed 11:00")
    ]


def test_an_amendment_to_best_effort() -> None:
    known = {"gold": FROM_CHANGE, "silver": terms(resolution={"2": "best effort"})}
    assert briefs(known, moved(LOW, "mon 10:00 moved"), "mon 11:00", "resolution") == [
        (BEST_EFFORT, "mon 09:00", None)
    ]
