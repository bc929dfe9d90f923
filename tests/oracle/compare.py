"""Core and oracle asked the same; what differs is an error in one of them."""

from collections.abc import Sequence
from itertools import zip_longest

import numpy as np

from duly.core.bulk import NEVER, Bulk
from duly.core.bulk_folds import fold_many
from duly.core.clock.fold import fold
from duly.core.clock.values import Clock, Fold
from duly.core.due import due_at
from duly.core.marks import DayRules
from duly.core.open_time import OpenTime
from tests.oracle import bridge
from tests.oracle.clocks import ask
from tests.oracle.cycles import Answer, Seen
from tests.oracle.draw import Desk, Promise
from tests.oracle.draw_lives import Life
from tests.oracle.due import BusinessDays, due, open_seconds
from tests.oracle.due import DayRules as Days
from tests.oracle.due import OpenTime as Hours
from tests.oracle.paper import Paper
from tests.oracle.wall import DAY, HOUR

YEAR = 366 * DAY


def same_promises(desk: Desk) -> None:
    """Open or closed, open seconds and due instants on one calendar."""
    core = bridge.open_time(desk.paper)
    bulk = Bulk([core])
    for promise in desk.promises:
        same_open_time(core, desk.paper, promise)
        same_due(core, desk.paper, promise)
        same_due_in_bulk(bulk, desk.paper, promise)


def same_open_time(core: OpenTime, paper: Paper, promise: Promise) -> None:
    """Open or closed around the start, and the open, unpaused seconds up to the end."""
    start, end = promise.start, promise.end
    for at in (start - 1, start, start + 1, end):
        assert core.is_open(at) == paper.is_open(at), (paper, at)
    for pauses in ([], promise.pauses):
        expected = open_seconds(paper, start, end, pauses)
        assert core.elapsed(start, end, bridge.holes(pauses)) == expected, (paper, promise)


def same_due(core: OpenTime, paper: Paper, promise: Promise) -> None:
    """The instant at which the promise falls due."""
    target, rules = bridge.target(promise.quantity), DayRules()
    if isinstance(promise.quantity, BusinessDays):
        rules = bridge.day_rules(promise.quantity.rules)
    answer = due_at(target, promise.start, core, rules, bridge.holes(promise.pauses))
    expected = due(promise.quantity, paper, promise.start, promise.pauses)
    assert answer == expected, (paper, promise)


def same_due_in_bulk(bulk: Bulk, paper: Paper, promise: Promise) -> None:
    """The kernels for many know open time and the closes of business days, both without pauses."""
    which, start = np.array([0]), np.array([promise.start])
    match promise.quantity:
        case Hours(seconds):
            answer = bulk.due(which, start, np.array([seconds]))[0]
        case BusinessDays(count, core_rules) if core_rules == Days(
            day_seconds=core_rules.day_seconds
        ):
            answer = bulk.closes(which, start, np.array([count]))[0]
        case _:
            return
    expected = due(promise.quantity, paper, promise.start, [])
    assert answer == (NEVER if expected is None else expected), (paper, promise)


def same_life(life: Life) -> None:
    """Every clock and level as they stand, then and until time alone changes something."""
    folded = fold(bridge.history(life.story), bridge.terms(life.terms), life.at)
    same_clocks(life, folded, ask(life.story, life.terms, life.at))
    still = life.at + YEAR if folded.wakes_at is None else folded.wakes_at - 1
    same_clocks(life, folded, ask(life.story, life.terms, still), but="remaining_seconds")


def same_past(life: Life) -> None:
    """The fold at every past instant is the fold of the history until then, and of many at once."""
    history, terms = bridge.history(life.story), bridge.terms(life.terms)
    for at in sorted({moment for event in history for moment in (event.at, event.at + HOUR)}):
        until_then = [event for event in history if event.at <= at]
        assert fold(history, terms, at) == fold(until_then, terms, at)
        assert fold_many([until_then, history], terms, at) == [fold(history, terms, at)] * 2


def same_clocks(life: Life, folded: Fold, seen: Answer, but: str = "") -> None:
    """Compare all of every clock, but the one field that goes on with time."""
    clocks = [shown(clock) | {but: None} for clock in folded.clocks]
    theirs = [shown_by_oracle(clock) | {but: None} for clock in seen.clocks]
    differing = [pair for pair in zip_longest(clocks, theirs) if pair[0] != pair[1]]
    assert not differing, told(life, seen.at, differing)
    assert [(level.level, level.at) for level in folded.available] == list(seen.available), life
    assert [(level.level, level.at) for level in folded.invoked] == list(seen.invoked), life


def told(life: Life, at: int, differing: Sequence[object]) -> str:
    """What differs, core's first, and all that led to it."""
    terms = [str(each) for each in life.terms.values()]
    events = [str(happened) for happened in life.story]
    return "\n".join([f"asked at {at}", *map(str, differing), *events, *terms])


def shown(clock: Clock) -> dict[str, object]:
    return {
        "clock": (str(clock.kind), clock.cycle),
        "state": str(clock.state),
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "met_at": clock.met_at,
        "ended_at": clock.ended_at,
        "late_seconds": clock.late_seconds,
        "remaining_seconds": clock.remaining_seconds,
        "soon_at": clock.soon_at,
        "priority": clock.priority,
        "terms": clock.terms,
        "changes": [(change.at, change.due_at) for change in clock.changes],
        "was": clock.was and str(clock.was),
    }


def shown_by_oracle(seen: Seen) -> dict[str, object]:
    return {
        "clock": (seen.kind, seen.cycle),
        "state": seen.state,
        "started_at": seen.started_at,
        "due_at": seen.due_at,
        "met_at": seen.met_at,
        "ended_at": seen.ended_at,
        "late_seconds": seen.late_seconds,
        "remaining_seconds": seen.remaining_seconds,
        "soon_at": seen.soon_at,
        "priority": seen.priority,
        "terms": seen.terms,
        "changes": list(seen.changes),
        "was": seen.was,
    }
