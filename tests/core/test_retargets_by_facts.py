"""The same priority stated again with other facts, and promises made where there was none."""

import pytest

from duly.core import quantity
from duly.core.clock.values import Kind
from duly.core.terms import Cell, Gate, Rules
from tests.core.retargets import FROM_CHANGE, FROM_START, URGENT
from tests.core.tickets import PAUSED, RUNNING, SUPERSEDED, briefs, clocks, on, terms, ticket


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
