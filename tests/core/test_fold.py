"""What holds for every fold: time alone, the past, and the order of events."""

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from duly.core import quantity
from duly.core.clock.fold import fold
from duly.core.clock.values import Fold, Kind, State
from duly.core.events import Event
from duly.core.terms import Ladder, Rules, Rung
from tests.core.tickets import MONDAY, event, folded, on, said, terms, ticket

TARGETS: dict[str, Any] = {
    "first_response": {"1": "1 hour", "2": "4 business hours", "3": "best effort"},
    "next_response": {"1": "2 business hours", "2": "next business day"},
    "update": {"1": "every 3 hours", "2": "every business day", "3": "suggested every week"},
    "workaround": {"1": "8 business hours", "2": "2 business days"},
    "resolution": {"1": "16 business hours", "2": "3 days", "3": "continuous"},
    "root_cause": {"1": "2 business days", "2": "5 business days"},
}
LADDER = Ladder(
    opens=Kind.FIRST_RESPONSE,
    rungs=(Rung(), Rung(after=quantity.parse("2 hours")), Rung()),
)
KNOWN = {
    "gold": terms(**TARGETS, ladder=LADDER),
    "silver": terms(
        **(TARGETS | {"update": {}, "workaround": {"1": "none", "3": "2 hours"}}),
        ladder=LADDER,
        rules=Rules(
            reopen="restart",
            priority_change=dict.fromkeys(Kind, "from_start"),
            pauses={Kind.FIRST_RESPONSE: frozenset({"customer"})},
        ),
    ),
}

LINES = (
    "prioritised priority=1",
    "prioritised priority=2 by=customer",
    "prioritised priority=3",
    "replied by=agent",
    "replied by=customer",
    "replied by=automatic",
    "noted",
    "updated",
    "waiting on=customer",
    "waiting on=third_party",
    "resumed",
    "marked as=workaround",
    "marked as=root_cause",
    "resolved by=agent",
    "resolved by=customer",
    "reopened by=agent",
    "reopened by=customer",
    "closed",
    "escalated level=1",
    "escalated level=2",
    "excluded cause=misuse",
    "excluded cause=misuse withdrawn=yes",
    "merged into=2",
    "moved binding=silver",
    "moved binding=gold",
    "spent minutes=5",
)
# Quarters of an hour meet the edges of targets and of the office often.
QUARTERS = st.integers(0, 12 * 96).map(lambda quarters: quarters * 900)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    opened = draw(st.sampled_from(["", "priority=1", "priority=2", "priority=3"]))
    binding = draw(st.sampled_from(["gold", "silver"]))
    happened = draw(st.lists(st.tuples(QUARTERS, st.sampled_from(LINES)), max_size=14))
    lines = [(0, f"opened binding={binding} {opened}"), *sorted(happened, key=lambda each: each[0])]
    return [event(f"{said(MONDAY + at)} {line}") for at, line in lines]


INSTANTS = st.integers(0, 15 * 86400).map(lambda seconds: MONDAY + seconds)


@given(histories(), INSTANTS)
def test_the_state_at_a_past_instant_is_the_fold_of_what_was_known_then(
    history: list[Event], at: int
) -> None:
    known = [each for each in history if each.at <= at]
    assert fold(history, KNOWN, at) == fold(known, KNOWN, at)


@given(histories(), INSTANTS)
def test_between_two_wakings_time_changes_nothing(history: list[Event], at: int) -> None:
    then = fold(history, KNOWN, at)
    later = min((each.at for each in history if each.at > at), default=at + 30 * 86400)
    if then.wakes_at is not None:
        assert then.wakes_at > at
        later = min(later, then.wakes_at)
    if later > at + 1:
        assert _lasting(fold(history, KNOWN, later - 1)) == _lasting(then)


@given(histories(), INSTANTS)
def test_a_waking_that_is_no_pressing_changes_something(history: list[Event], at: int) -> None:
    told = [each for each in history if each.at <= at]
    then = fold(told, KNOWN, at)
    if then.wakes_at is not None and then.wakes_at not in [clock.soon_at for clock in then.clocks]:
        assert _lasting(fold(told, KNOWN, then.wakes_at)) != _lasting(then)


@given(histories(), INSTANTS)
def test_every_clock_makes_sense(history: list[Event], at: int) -> None:
    then = fold(history, KNOWN, at)
    running = [clock for clock in then.clocks if clock.state is State.RUNNING]
    assert len({clock.kind for clock in running}) == len(running)
    for clock in then.clocks:
        assert clock.started_at <= at
        if clock.state is State.RUNNING and clock.due_at is not None:
            assert at <= clock.due_at
            assert clock.soon_at is not None
            assert clock.started_at <= clock.soon_at <= clock.due_at
        if clock.state is State.MET and clock.due_at is not None:
            assert clock.met_at is not None
            assert clock.met_at <= clock.due_at
        if clock.late_seconds is not None:
            assert (clock.was or clock.state) is State.MISSED
            assert clock.late_seconds > 0
        if clock.state in (State.SUPERSEDED, State.VOID) and clock.was is None:
            assert clock.ended_at is not None
    assert [level.level for level in then.available] == list(range(1, len(then.available) + 1))


@given(histories(), st.randoms(use_true_random=False), INSTANTS)
def test_events_are_taken_in_the_order_of_their_instants(
    history: list[Event], random: Random, at: int
) -> None:
    instants = [each.at for each in history]
    if len(set(instants)) == len(instants):
        shuffled = random.sample(history, len(history))
        assert fold(shuffled, KNOWN, at) == fold(history, KNOWN, at)


@given(histories(), INSTANTS)
def test_settled_promises_stay_as_they_are(history: list[Event], at: int) -> None:
    """But for the two things the contract names: a reopening takes `met` back, and a finding of exclusion voids."""
    if any(each.__class__.__name__ in ("Reopened", "Excluded") for each in history):
        return
    then = {(clock.kind, clock.cycle): clock for clock in fold(history, KNOWN, at).clocks}
    later = {
        (clock.kind, clock.cycle): clock for clock in fold(history, KNOWN, at + 40 * 86400).clocks
    }
    for key, clock in then.items():
        if clock.settled:
            assert later[key]._replace(met_at=None, late_seconds=None) == clock._replace(
                met_at=None, late_seconds=None
            )


def _lasting(then: Fold) -> object:
    """A fold without what passes with every second."""
    return (
        tuple(clock._replace(remaining_seconds=None) for clock in then.clocks),
        then.available,
        then.invoked,
    )


def test_it_wakes_when_a_clock_presses_and_in_the_second_after_its_due() -> None:
    known = terms(first_response={"1": "4 hours"})
    history = ticket("mon 09:00 opened priority=1")
    assert folded(known, history, "mon 09:00").wakes_at == on("mon 12:00")
    assert folded(known, history, "mon 12:00").wakes_at == on("mon 13:00:01")
    assert folded(known, history, "mon 13:00").wakes_at == on("mon 13:00:01")
    assert folded(known, history, "mon 13:00:01").wakes_at is None


def test_a_missed_update_wakes_again_for_the_next() -> None:
    known = terms(update={"1": "every 4 hours"})
    history = ticket("mon 09:00 opened priority=1", "mon 10:00 replied by=agent")
    # Missed at 14:00; the next cycle presses at 17:00.
    assert folded(known, history, "mon 14:00:01").wakes_at == on("mon 17:00")
