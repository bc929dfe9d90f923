"""Terms that take over and differ in calendars alone: outside the time that is counted otherwise nothing changes."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from duly.core import quantity
from duly.core.calendar.values import Calendar, Combined, Edition, Editions, Holidays, Rule
from duly.core.clock.fold import fold
from duly.core.clock.takeover import counted_otherwise, differ_in_calendars_alone
from duly.core.clock.values import Clock, Fold, State
from duly.core.events import Event, Moved
from duly.core.instant import Instant
from duly.core.spans import Span, Spans
from duly.core.terms import Cell, Gate, Terms
from tests.core.calendars import hours, weekdays
from tests.core.test_fold import TARGETS
from tests.core.tickets import CALENDARS, event, on, terms, ticket
from tests.oracle import bridge
from tests.oracle.draw_lives import Life, lives
from tests.oracle.sample import prove

OFFICE = Calendar(zone="UTC", week=weekdays((9, 17)))
WEEKS = Span(on("mon 00:00"), on("mon+4 00:00"))
# The stage's Monday is 2 March 2026; the holiday is its second Tuesday.
HOLIDAY = date(2026, 3, 10)


def office(rule: Rule, **more: Any) -> Terms:
    return replace(terms(**{**TARGETS, **more}), calendars={**CALENDARS, "office": rule})


def closed_on(*days: date) -> Calendar:
    return replace(OFFICE, holidays=Holidays(dates=frozenset(days)))


def test_a_holiday_counts_otherwise_on_its_date_alone() -> None:
    before, after = office(OFFICE), office(closed_on(HOLIDAY))
    assert counted_otherwise(before, after, WEEKS) == (Span(on("tue+1 00:00"), on("wed+1 00:00")),)
    assert counted_otherwise(after, before, WEEKS) == (Span(on("tue+1 00:00"), on("wed+1 00:00")),)
    assert counted_otherwise(before, office(closed_on()), WEEKS) == ()


def test_other_hours_make_another_open_day_of_each() -> None:
    longer = replace(OFFICE, week=weekdays((9, 18)))
    week = Span(on("mon 00:00"), on("sat 00:00"))
    assert counted_otherwise(office(OFFICE), office(longer), Span(*week)) == (week,)


def test_another_zone_reads_other_dates_everywhere() -> None:
    assert counted_otherwise(
        office(OFFICE), office(replace(OFFICE, zone="Europe/Berlin")), WEEKS
    ) == (WEEKS,)


def test_what_is_promised_otherwise_cannot_be_told_by_calendars() -> None:
    before, closed = office(OFFICE), closed_on(HOLIDAY)
    assert differ_in_calendars_alone(before, office(closed))
    assert differ_in_calendars_alone(before, replace(office(closed), version="2"))
    assert not differ_in_calendars_alone(before, office(closed, resolution={"1": "9 hours"}))
    gated = Cell(target=quantity.parse("every 3 hours"), when=Gate(during="office"))
    asking = {"update": {"1": gated}}
    assert not differ_in_calendars_alone(office(OFFICE, **asking), office(closed, **asking))


def test_what_ends_before_the_holiday_stays_and_what_reaches_it_moves() -> None:
    history = ticket("fri 09:00 opened priority=1")
    known = {"gold": office(OFFICE), "silver": office(closed_on(HOLIDAY))}
    moved = [*history, event("fri 10:00 moved binding=silver")]
    before, after = (fold(each, known, on("fri 10:00")).clocks for each in (history, moved))
    dues = [
        (clock.kind, clock.due_at, also.due_at) for clock, also in zip(before, after, strict=True)
    ]
    assert dues == [
        ("first_response", on("fri 10:00"), on("fri 10:00")),
        ("workaround", on("fri 17:00"), on("fri 17:00")),
        # Friday's eight hours and Monday's.
        ("resolution", on("mon+1 17:00"), on("mon+1 17:00")),
    ]
    late = ticket("mon+1 09:00 opened priority=1")
    moved = [*late, event("mon+1 10:00 moved binding=silver")]
    before, after = (fold(each, known, on("mon+1 10:00")).clocks for each in (late, moved))
    # Monday's eight hours, then Tuesday's; then Wednesday's.
    assert (before[-1].due_at, after[-1].due_at) == (on("tue+1 17:00"), on("wed+1 17:00"))


@dataclass(frozen=True)
class Edited:
    """A life, and how the calendars of its terms are edited around a day beside the last due."""

    life: Life
    name: int
    edit: str
    days: int


EDITS = ("holiday", "hours", "zone", "week", "business days", "edition")


@st.composite
def edited(draw: st.DrawFn) -> Edited:
    edit, days = draw(st.sampled_from(EDITS)), draw(st.integers(-5, 2))
    return Edited(draw(lives()), draw(st.integers(0, 9)), edit, days)


def edition(rule: Rule, edit: str, day: date) -> Rule:
    """A calendar with one edit; a combined one stays, for its parts are edited."""
    if isinstance(rule, Combined):
        return rule
    if isinstance(rule, Editions):
        return Editions(
            tuple(replace(each, rule=edition(each.rule, edit, day)) for each in rule.editions)  # type: ignore[arg-type]
        )
    changed: dict[str, dict[str, Any]] = {
        "holiday": {"holidays": replace(rule.holidays, dates=rule.holidays.dates | {day})},
        "hours": {"days": {**rule.days, day: hours((10, 11), (13, 14.5))}},
        "zone": {"zone": "Europe/Berlin" if "America" in rule.zone else "America/New_York"},
        "week": {"week": (*rule.week[1:], rule.week[0])},
        "business days": {"business_days": frozenset({day.weekday()})},
    }
    if edit in changed:
        return replace(rule, **changed[edit])
    later = Calendar(zone=rule.zone, week=weekdays((8, 12)))
    return Editions((Edition(None, rule), Edition(day, later)))


def without_gates(described: Terms) -> Terms:
    """Terms of which no target asks for anything."""
    plain = {
        kind: {
            priority: tuple(replace(cell, when=None) for cell in cells)
            for priority, cells in row.items()
        }
        for kind, row in described.targets.items()
    }
    return replace(described, targets=plain)


def is_touched(clock: Clock, priority: str | None, at: Instant, spans: Spans) -> bool:
    """Whether an open clock counts time in one of the spans, as `counted_otherwise` says."""
    if not clock.settled and clock.priority != priority:
        return True
    if clock.state is State.PAUSED:
        return any(span.start <= at and clock.started_at < span.end for span in spans)
    if clock.state is not State.RUNNING or clock.due_at is None:
        return clock.state is State.RUNNING
    return any(span.start <= clock.due_at and clock.started_at < span.end for span in spans)


def as_kept(clock: Clock) -> Clock:
    """A clock without what says by which terms it counts."""
    return clock._replace(terms="", changes=())


def outside_nothing_changes(case: Edited) -> None:
    """Fold with the move and without it: what is not touched is the same, and if nothing is, neither is the rest."""
    life, before = case.life, without_gates(bridge.terms(case.life.terms)["a"])
    history: list[Event] = [
        each for each in bridge.history(life.story) if not isinstance(each, Moved)
    ]
    stays = fold(history, {"a": before}, life.at)
    last = max([life.at, *(clock.due_at or 0 for clock in stays.clocks)])
    day = date(1970, 1, 1) + timedelta(days=last // 86400 + case.days)
    names = sorted(before.calendars)
    other = {
        name: edition(before.calendars[name], case.edit, day)
        for name in names[case.name % max(len(names), 1) :][:1]
    }
    after = replace(before, calendars={**before.calendars, **other})
    moves = fold([*history, Moved(at=life.at, binding="b")], {"a": before, "b": after}, life.at)
    assert differ_in_calendars_alone(before, after)
    spans = counted_otherwise(before, after, Span(history[0].at, last + 1))
    told = [getattr(each, "priority", None) for each in history if each.at <= life.at]
    priority = next((each for each in reversed(told) if each), None)
    touched = [is_touched(clock, priority, life.at, spans) for clock in stays.clocks]
    for clock, also, may_change in zip(stays.clocks, moves.clocks, touched, strict=False):
        assert may_change or as_kept(clock) == as_kept(also), (case, clock, also)
    if not any(touched):
        assert as_kept_in(moves) == as_kept_in(stays), case


def as_kept_in(folded: Fold) -> Fold:
    return replace(folded, clocks=tuple(map(as_kept, folded.clocks)))


@pytest.mark.parametrize(
    "examples", [pytest.param(30, id="few"), pytest.param(200, id="many", marks=pytest.mark.slow)]
)
def test_outside_of_that_time_nothing_changes(examples: int) -> None:
    prove(outside_nothing_changes, edited(), examples)
