"""Priority changes and moves to other terms."""

from typing import Any

import pytest

from duly.core import quantity
from duly.core.clock.fold import HistoryError
from duly.core.clock.values import Change, Kind
from duly.core.terms import Cell, Gate, Rules
from tests.core.tickets import (
    BEST_EFFORT,
    MET,
    MISSED,
    PAUSED,
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

TARGETS: dict[str, Any] = {
    "first_response": {"1": "2 business hours", "2": "4 business hours"},
    "resolution": {"1": "8 business hours", "2": "16 business hours"},
}
FROM_CHANGE = terms(**TARGETS)
FROM_START = terms(
    **TARGETS,
    rules=Rules(priority_change={Kind.FIRST_RESPONSE: "from_start", Kind.RESOLUTION: "from_start"}),
)
LOW = "mon 09:00 opened priority=2"
URGENT = "mon 09:00 opened priority=1"


def test_from_change_the_running_cycle_is_superseded_and_the_next_starts() -> None:
    history = ticket(LOW, "mon 12:00 prioritised priority=1")
    old, new = clocks(FROM_CHANGE, history, "mon 13:00", "first_response")
    assert (old.state, old.ended_at, old.due_at) == (SUPERSEDED, on("mon 12:00"), on("mon 13:00"))
    assert (new.cycle, new.state, new.due_at) == (2, RUNNING, on("mon 14:00"))
    assert (old.priority, new.priority) == ("2", "1")


def test_from_change_a_paused_cycle_is_superseded_too() -> None:
    history = ticket(LOW, "mon 10:00 waiting on=customer", "mon 12:00 prioritised priority=1")
    assert briefs(FROM_CHANGE, history, "mon 13:00", "resolution") == [
        (SUPERSEDED, "mon 09:00", None),
        (PAUSED, "mon 12:00", None),
    ]
    resumed = [*history, *ticket("tue 09:00 resumed")]
    assert briefs(FROM_CHANGE, resumed, "tue 10:00", "resolution")[1] == (
        RUNNING,
        "mon 12:00",
        "tue 17:00",
    )


def test_from_change_a_missed_one_stays_missed_and_one_answer_meets_both() -> None:
    history = ticket(LOW, "mon 14:00 prioritised priority=1", "mon 15:00 replied by=agent")
    old, new = clocks(FROM_CHANGE, history, "mon 16:00", "first_response")
    # Due at 13:00, so missed before the change; the next is due at 16:00.
    assert (old.state, old.due_at, old.met_at, old.late_seconds) == (
        MISSED,
        on("mon 13:00"),
        on("mon 15:00"),
        2 * 3600,
    )
    assert (new.state, new.due_at) == (MET, on("mon 16:00"))


def test_what_is_met_or_void_is_not_touched() -> None:
    history = ticket(
        LOW,
        "mon 10:00 replied by=agent",
        "mon 11:00 prioritised priority=1",
        "mon 12:00 resolved by=customer",
        "mon 13:00 prioritised priority=2",
    )
    assert briefs(FROM_CHANGE, history, "tue 09:00", "first_response") == [
        (MET, "mon 09:00", "mon 13:00")
    ]
    assert len(clocks(FROM_CHANGE, history, "tue 09:00", "resolution")) == 2


def test_from_start_the_cycle_keeps_its_start_and_what_it_was() -> None:
    history = ticket(LOW, "mon 10:30 prioritised priority=1")
    (clock,) = clocks(FROM_START, history, "mon 10:45", "first_response")
    assert (clock.state, clock.started_at, clock.due_at) == (
        RUNNING,
        on("mon 09:00"),
        on("mon 11:00"),
    )
    assert clock.changes == (Change(on("mon 10:30"), on("mon 13:00"), "priority 2 to 1"),)
    assert clock.priority == "1"


def test_from_start_a_due_that_lies_in_the_past_is_missed_at_that_due() -> None:
    history = ticket(LOW, "mon 12:00 prioritised priority=1")
    assert briefs(FROM_START, history, "mon 12:00", "first_response") == [
        (MISSED, "mon 09:00", "mon 11:00")
    ]


def test_from_start_keeps_the_pauses() -> None:
    history = ticket(
        LOW,
        "mon 10:00 waiting on=customer",
        "mon 12:00 resumed",
        "mon 13:00 prioritised priority=1",
    )
    # Eight hours from 9:00, less two paused: an hour on Monday is missing and two come on Tuesday.
    assert briefs(FROM_START, history, "mon 14:00", "resolution") == [
        (RUNNING, "mon 09:00", "tue 11:00")
    ]


def test_from_start_does_not_touch_what_was_missed() -> None:
    history = ticket(URGENT, "mon 12:00 prioritised priority=2")
    (clock,) = clocks(FROM_START, history, "mon 12:30", "first_response")
    assert (clock.state, clock.due_at, clock.changes) == (MISSED, on("mon 11:00"), ())


@pytest.mark.parametrize("known", [FROM_CHANGE, FROM_START])
def test_to_none_the_clock_is_superseded_without_a_successor(known: object) -> None:
    history = ticket(LOW, "mon 10:00 prioritised priority=3")
    known = FROM_CHANGE if known is FROM_CHANGE else FROM_START
    (clock,) = clocks(known, history, "mon 12:00", "first_response")
    assert (clock.state, clock.ended_at) == (SUPERSEDED, on("mon 10:00"))


def test_from_none_it_starts_at_the_change_or_at_its_normal_start() -> None:
    history = ticket("mon 09:00 opened priority=3", "mon 10:00 prioritised priority=2")
    assert briefs(FROM_CHANGE, history, "mon 11:00", "first_response") == [
        (RUNNING, "mon 10:00", "mon 14:00")
    ]
    assert briefs(FROM_START, history, "mon 11:00", "first_response") == [
        (RUNNING, "mon 09:00", "mon 13:00")
    ]


def called(within: str, otherwise: str, *, during: str | None = None) -> tuple[Cell, ...]:
    """A faster target for those who call."""
    phone = Gate(channel=("phone",), during=during)
    return (
        Cell(target=quantity.parse(within), when=phone),
        Cell(target=quantity.parse(otherwise)),
    )


WRITTEN = "sat 22:00 opened priority=1 channel=web"
CALLED_IN = "sat 23:00 prioritised priority=1 channel=phone"


@pytest.mark.parametrize("rules", [FROM_CHANGE.rules, FROM_START.rules])
def test_the_same_priority_with_facts_that_select_another_cell_is_a_change(rules: Rules) -> None:
    known = terms(first_response={"1": called("4 hours", "4 business hours")}, rules=rules)
    history = ticket(WRITTEN, CALLED_IN)
    # From the web, four hours from Monday 9:00; by telephone, four from the call, or from the report.
    before = (SUPERSEDED, "sat 22:00", "mon+1 13:00")
    from_change = [before, (RUNNING, "sat 23:00", "sun 03:00")]
    from_start = [(RUNNING, "sat 22:00", "sun 02:00")]
    expected = from_change if rules is FROM_CHANGE.rules else from_start
    assert briefs(known, history, "sat 23:30", "first_response") == expected
    if rules is FROM_START.rules:
        (clock,) = clocks(known, history, "sat 23:30", "first_response")
        assert [change.why for change in clock.changes] == ["priority 1 with other facts"]


@pytest.mark.parametrize(
    "again",
    [
        "sat 23:00 prioritised priority=1",
        "sat 23:00 prioritised priority=1 channel=email",
        "sat 23:00 prioritised priority=1 region=eu",
    ],
)
@pytest.mark.parametrize("rules", [FROM_CHANGE.rules, FROM_START.rules])
def test_the_same_priority_changes_nothing_where_the_cell_stays(rules: Rules, again: str) -> None:
    known = terms(first_response={"1": called("4 hours", "4 business hours")}, rules=rules)
    (clock,) = clocks(known, ticket(WRITTEN, again), "sat 23:30", "first_response")
    assert (clock.state, clock.due_at, clock.changes) == (RUNNING, on("mon+1 13:00"), ())


def test_the_same_priority_changes_nothing_because_the_hour_is_another() -> None:
    known = terms(first_response={"1": called("1 hour", "8 business hours", during="nights")})
    opened = "mon 16:00 opened priority=1 channel=phone"
    # By day, so eight business hours; at night a fact that no gate asks for is stated.
    history = ticket(opened, "mon 21:00 prioritised priority=1 region=eu")
    assert briefs(known, history, "mon 21:00", "first_response") == [
        (RUNNING, "mon 16:00", "tue 16:00")
    ]


def test_the_same_priority_does_not_start_the_cell_again_that_runs() -> None:
    known = terms(first_response={"1": called("1 hour", "8 business hours", during="nights")})
    opened = "mon 16:00 opened priority=1 channel=phone"
    # At night a call would have one hour, but now it is said to be a letter: eight, as by day.
    history = ticket(opened, "mon 21:00 prioritised priority=1 channel=letter")
    assert briefs(known, history, "mon 21:00", "first_response") == [
        (RUNNING, "mon 16:00", "tue 16:00")
    ]


@pytest.mark.parametrize("rules", [FROM_CHANGE.rules, FROM_START.rules])
def test_facts_stated_later_can_make_a_promise_where_there_was_none(rules: Rules) -> None:
    outage = Cell(target=quantity.parse("4 business hours"), when=Gate(flags=frozenset({"outage"})))
    known = terms(resolution={"1": outage}, rules=rules)
    history = ticket(URGENT, "mon 11:00 prioritised priority=1 flags=outage")
    promised = {
        "from_change": (RUNNING, "mon 11:00", "mon 15:00"),
        "from_start": (RUNNING, "mon 09:00", "mon 13:00"),
    }[rules.priority_change.get(Kind.RESOLUTION, "from_change")]
    assert briefs(known, history, "mon 11:00", "resolution") == [promised]
    answered = ticket(URGENT, "mon 10:00 resolved by=agent")
    assert briefs(known, [*answered, *history[1:]], "mon 11:00", "resolution") == []


def test_from_none_a_promise_is_not_missed_before_it_was_made() -> None:
    history = ticket("mon 09:00 opened priority=3", "mon 15:00 prioritised priority=1")
    # Two hours from 9:00 were over at 11:00, and nobody had promised them.
    assert briefs(FROM_START, history, "mon 15:00", "first_response") == [
        (RUNNING, "mon 09:00", "mon 15:00")
    ]


def test_from_start_from_none_the_pauses_since_the_normal_start_count() -> None:
    history = ticket(
        "mon 09:00 opened priority=3",
        "mon 10:00 waiting on=customer",
        "mon 12:00 resumed",
        "mon 13:00 waiting on=customer",
        "mon 14:00 prioritised priority=1",
    )
    (paused,) = clocks(FROM_START, history, "mon 15:00", "resolution")
    # Open and unpaused: 9-10 and 12-13, so six of eight hours are left.
    assert (paused.state, paused.remaining_seconds) == (PAUSED, 6 * 3600)


def test_from_none_nothing_starts_that_was_given_already() -> None:
    history = ticket(
        "mon 09:00 opened priority=3",
        "mon 09:30 replied by=agent",
        "mon 10:00 prioritised priority=1",
    )
    assert briefs(FROM_CHANGE, history, "mon 11:00", "first_response") == []


def test_the_same_priority_again_changes_nothing() -> None:
    history = ticket(LOW, "mon 10:00 prioritised priority=2 environment=production")
    assert briefs(FROM_CHANGE, history, "mon 11:00", "first_response") == [
        (RUNNING, "mon 09:00", "mon 13:00")
    ]


def test_best_effort_is_superseded_too() -> None:
    known = terms(resolution={"1": "8 business hours", "2": "best effort"})
    history = ticket(LOW, "mon 10:00 prioritised priority=1")
    assert briefs(known, history, "mon 11:00", "resolution") == [
        (SUPERSEDED, "mon 09:00", None),
        (RUNNING, "mon 10:00", "tue 10:00"),
    ]


def test_the_first_setting_is_no_change_and_counts_from_the_opening() -> None:
    history = ticket("mon 09:00 opened", "mon 10:00 prioritised priority=1")
    assert folded(FROM_CHANGE, history, "mon 09:30").clocks == ()
    assert folded(FROM_CHANGE, history, "mon 09:30").wakes_at is None
    assert briefs(FROM_CHANGE, history, "mon 10:00", "first_response") == [
        (RUNNING, "mon 09:00", "mon 11:00")
    ]


def test_no_promise_is_missed_before_it_was_made() -> None:
    history = ticket("mon 09:00 opened", "tue 10:00 prioritised priority=1")
    # Two hours from Monday 9:00 were over before anybody promised them.
    assert briefs(FROM_CHANGE, history, "tue 10:00", "first_response") == [
        (RUNNING, "mon 09:00", "tue 10:00")
    ]
    answered = ticket(
        "mon 09:00 opened", "mon 12:00 replied by=agent", "tue 10:00 prioritised priority=1"
    )
    assert briefs(FROM_CHANGE, answered, "wed 10:00", "first_response") == [
        (MET, "mon 09:00", "tue 10:00")
    ]


def moved(*lines: str, binding: str = "silver") -> list:  # type: ignore[type-arg]
    return ticket(*(line.replace("moved", f"moved binding={binding}") for line in lines))


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


def test_an_unknown_priority_is_refused() -> None:
    with pytest.raises(HistoryError, match="unknown priority '9'; the plan knows 1, 2, 3"):
        folded(FROM_CHANGE, ticket("mon 09:00 opened priority=9"), "mon 10:00")
    with pytest.raises(HistoryError, match="unknown priority '9'"):
        folded(FROM_CHANGE, ticket(LOW, "mon 10:00 prioritised priority=9"), "mon 10:00")


def test_an_unknown_binding_is_refused() -> None:
    with pytest.raises(HistoryError, match="the binding 'bronze', and its terms were not given"):
        folded(FROM_CHANGE, moved(LOW, "mon 10:00 moved", binding="bronze"), "mon 11:00")


def test_a_history_begins_with_its_one_opening() -> None:
    with pytest.raises(HistoryError, match="begins with Noted"):
        folded(FROM_CHANGE, ticket("mon 08:00 noted", LOW), "mon 10:00")
    with pytest.raises(HistoryError, match="second Opened"):
        folded(FROM_CHANGE, ticket(LOW, LOW), "mon 10:00")


def test_nothing_is_known_before_the_opening() -> None:
    assert folded(FROM_CHANGE, ticket(LOW), "mon 08:59").clocks == ()


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
