from datetime import date

import pytest
from hypothesis import given

from duly.core.calendar.values import Calendar, Combined, Edition, Editions
from duly.core.clock.fold import fold
from duly.core.clock.values import Kind, State
from duly.core.events import Event
from duly.core.explain import explain
from duly.core.explanation import Explanation, length
from duly.core.marks import DayRules
from duly.core.quantity import parse
from duly.core.spans import Span, total
from duly.core.terms import Cell, Gate, Rules, Terms
from tests.core.calendars import weekdays
from tests.core.test_fold import INSTANTS, KNOWN, histories
from tests.core.tickets import on, terms, ticket

SIXTEEN = terms(resolution={"1": "16 business hours", "2": "3 business days", "3": "best effort"})


def explained(
    known: Terms, history: list[Event], when: str, kind: Kind = Kind.RESOLUTION
) -> Explanation:
    return explain(history, {"gold": known}, on(when), kind)


def test_the_spans_counted_add_up_to_the_target() -> None:
    history = ticket(
        "mon 15:00 opened priority=1",
        "mon 16:00 waiting on=customer",
        "tue 10:00 replied by=customer",
    )
    found = explained(SIXTEEN, history, "tue 11:00")
    assert found.sum is not None
    assert found.sum.counted == (
        Span(on("mon 15:00"), on("mon 16:00")),
        Span(on("tue 10:00"), on("tue 17:00")),
        Span(on("wed 09:00"), on("wed 17:00")),
    )
    assert total(found.sum.counted) == found.sum.seconds == 16 * 3600
    assert total(found.sum.paused) == 2 * 3600  # Monday 16-17 and Tuesday 9-10
    assert found.lines() == [
        "Resolution 1: 16 business hours for priority 1 (example 2026-01, plan gold).",
        "It started Mon 2026-03-02 15:00 (opened). Times are those of UTC.",
        "Open time is that of office.",
        "  Mon 2026-03-02 15:00 to 16:00, 1 h",
        "  Tue 2026-03-03 10:00 to 17:00, 7 h",
        "  Wed 2026-03-04 09:00 to 17:00, 8 h",
        "  that is 16 h of 16 h",
        "Paused Mon 2026-03-02 16:00 to Tue 2026-03-03 10:00, 18 h",
        "Pauses took 2 h of open time out.",
        "It is running, due Wed 2026-03-04 17:00, 14 h left.",
        (
            "Rules: business_day end_of_nth_day, outside_hours as_received, pauses customer,"
            " priority_change from_change, reopen continue."
        ),
    ]


def test_times_can_be_told_in_another_zone() -> None:
    found = explained(SIXTEEN, ticket("mon 15:00 opened priority=1"), "mon 16:00")
    assert (
        "It started Mon 2026-03-02 16:00 (opened). Times are those of Europe/Berlin."
        in found.lines("Europe/Berlin")
    )


def test_a_paused_clock_tells_what_was_counted_so_far() -> None:
    history = ticket("mon 15:00 opened priority=1", "mon 16:00 waiting on=customer")
    found = explained(SIXTEEN, history, "wed 11:00")
    assert found.sum is not None
    assert (found.sum.due_at, total(found.sum.counted)) == (None, 3600)
    assert "  that is 1 h of 16 h" in found.lines()
    assert found.lines()[-2] == "It is paused, 15 h left."


def test_a_clock_superseded_while_paused_tells_the_same() -> None:
    history = ticket(
        "mon 15:00 opened priority=1",
        "mon 16:00 waiting on=customer",
        "tue 12:00 prioritised priority=2",
        "wed 12:00 resumed",
    )
    found = explain(history, {"gold": SIXTEEN}, on("thu 09:00"), Kind.RESOLUTION, 1)
    assert found.sum is not None
    assert total(found.sum.counted) == 3600
    assert found.lines()[-2] == "It is superseded, ended Tue 2026-03-03 12:00."


def test_days_are_told_one_by_one() -> None:
    history = ticket(
        "mon 15:00 opened priority=2",
        "mon 16:00 waiting on=customer",
        "tue 18:00 replied by=customer",
    )
    lines = explained(SIXTEEN, history, "wed 09:00").lines()
    assert lines[3:7] == [
        "  Tue 2026-03-03 does not count: paused",
        "  Wed 2026-03-04 counts",
        "  Thu 2026-03-05 counts",
        "  Fri 2026-03-06 counts",
    ]


def test_best_effort_has_nothing_to_add_up() -> None:
    found = explained(SIXTEEN, ticket("mon 15:00 opened priority=3"), "tue 09:00")
    assert found.sum is None
    assert "It promises no time by which it is due." in found.lines()


def test_a_late_answer_and_a_suggestion_say_so() -> None:
    known = terms(first_response={"1": "suggested 2 hours"})
    history = ticket("mon 09:00 opened priority=1", "mon 12:30:30 replied by=agent")
    lines = explained(known, history, "mon 13:00", Kind.FIRST_RESPONSE).lines()
    assert "a suggestion that does not bind" in lines[0]
    assert lines[-2] == (
        "It is missed, due Mon 2026-03-02 11:00, met Mon 2026-03-02 12:30:30, 1 h 30 min 30 s late."
    )


def test_a_change_of_target_says_what_it_was() -> None:
    known = terms(
        resolution={"1": "8 business hours", "2": "16 business hours"},
        rules=Rules(priority_change={Kind.RESOLUTION: "from_start"}),
    )
    history = ticket("mon 09:00 opened priority=2", "mon 10:00 prioritised priority=1")
    lines = explained(known, history, "mon 11:00").lines()
    assert (
        "Changed Mon 2026-03-02 10:00 (priority 2 to 1): until then due Tue 2026-03-03 17:00."
        in lines
    )
    paused = ticket(
        "mon 09:00 opened priority=2",
        "mon 09:30 waiting on=customer",
        "mon 10:00 prioritised priority=1",
    )
    lines = explained(known, paused, "mon 11:00").lines()
    assert "Changed Mon 2026-03-02 10:00 (priority 2 to 1): until then no due time." in lines


@pytest.mark.parametrize(
    ("gate", "said"),
    [
        (
            Gate(channel=("phone", "chat"), flags=frozenset({"vip"}), during="office"),
            (
                "This target holds when channel is phone or chat and flags include vip"
                " and office is open at the start."
            ),
        ),
        (Gate(), "This target holds in any case."),
    ],
)
def test_the_gate_that_chose_the_target_is_named(gate: Gate, said: str) -> None:
    known = terms(resolution={"1": [Cell(target=parse("2 hours"), when=gate)]})
    history = ticket("mon 09:00 opened priority=1 channel=phone flags=vip")
    assert explained(known, history, "mon 10:00").lines()[1] == said


def test_a_promise_made_after_its_time_says_so() -> None:
    known = terms(resolution={"1": "2 hours"})
    history = ticket("mon 09:00 opened", "tue 10:00 prioritised priority=1")
    lines = explained(known, history, "tue 10:00").lines()
    assert "The promise was made only Tue 2026-03-03 10:00." in lines


def test_counting_from_the_next_opening_and_editions_are_named() -> None:
    old = Calendar(zone="Europe/Berlin", week=weekdays((8, 12)))
    new = Calendar(zone="Europe/London", week=weekdays((9, 17)))
    stage = terms(
        resolution={"1": "2 business days on changing"},
        rules=Rules(days=DayRules(from_next_opening=True)),
    )
    known = Terms(
        policy="p",
        version="1",
        plan="gold",
        priorities=stage.priorities,
        calendars={
            "changing": Editions((Edition(None, old), Edition(date(2026, 3, 2), new))),
            "sun": Combined(op="union", parts=("changing", "always")),
        },
        targets={
            Kind.RESOLUTION: stage.targets[Kind.RESOLUTION],
            Kind.FIRST_RESPONSE: {"1": (Cell(target=parse("2 hours on sun")),)},
        },
        rules=stage.rules,
    )
    history = ticket("mon 18:00 opened priority=1")
    found = explained(known, history, "mon 18:00")
    assert found.zone == "Europe/London"
    assert "Open time is that of changing, in its edition from 2026-03-02." in found.lines()
    assert "It counts from the next opening, Tue 2026-03-03 09:00." in found.lines()
    assert found.rules["outside_hours"] == "next_opening"
    assert explained(known, history, "mon 18:00", Kind.FIRST_RESPONSE).zone == "UTC"


def test_an_excluded_ticket_explains_what_was() -> None:
    history = ticket("mon 09:00 opened priority=1", "mon 10:00 excluded cause=misuse")
    found = explained(SIXTEEN, history, "fri 09:00")
    assert (found.clock.state, found.clock.was) == (State.VOID, State.RUNNING)
    assert "It is void, due Tue 2026-03-03 17:00, ended Mon 2026-03-02 10:00." in found.lines()


@pytest.mark.parametrize(
    ("opened", "kind", "cycle"),
    [
        ("mon 09:00 opened priority=1", Kind.UPDATE, None),
        ("mon 09:00 opened priority=1", Kind.RESOLUTION, 2),
        ("mon 09:00 opened", Kind.RESOLUTION, None),
    ],
)
def test_a_clock_that_does_not_exist_cannot_be_explained(
    opened: str, kind: Kind, cycle: int | None
) -> None:
    with pytest.raises(LookupError, match=f"there is no {kind} clock"):
        explain(ticket(opened), {"gold": SIXTEEN}, on("mon 10:00"), kind, cycle)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (59, "59 s"), (3600, "1 h"), (5445, "1 h 30 min 45 s")]
)
def test_lengths_are_said_in_whole_units(seconds: int, words: str) -> None:
    assert length(seconds) == words


@given(histories(), INSTANTS)
def test_every_clock_explains_itself_to_the_second(history: list[Event], at: int) -> None:
    for clock in fold(history, KNOWN, at).clocks:
        found = explain(history, KNOWN, at, clock.kind, clock.cycle)
        assert found.clock == clock
        assert found.lines()
        counted = found.sum
        if counted is None or counted.seconds is None:
            continue
        if counted.due_at is not None:
            assert total(counted.counted) == counted.seconds
            due_at = max(counted.due_at, found.promised_at)
            assert clock.due_at in (due_at, clock.met_at)
        elif clock.remaining_seconds:
            assert total(counted.counted) + clock.remaining_seconds == counted.seconds
