"""Outcomes: how the cycles of a walk stand at the asked instant."""

from duly.core import due
from duly.core.clock.cycle import Cycle
from duly.core.clock.track import Track
from duly.core.clock.values import Clock, State
from duly.core.instant import Instant, Seconds
from duly.core.quantity import Quantity


def outcome(track: Track, cycle: Cycle, at: Instant) -> Clock:
    """The clock of a cycle."""
    promise, settled = cycle.promise, cycle.settled
    missed = settled is State.MISSED
    return Clock(
        kind=track.kind,
        cycle=cycle.number,
        state=settled or _open_state(track, cycle),
        started_at=cycle.started_at,
        due_at=cycle.due_at,
        soon_at=None if settled else _soon_at(cycle),
        met_at=cycle.met_at,
        ended_at=cycle.ended_at,
        late_seconds=_late(cycle) if missed else None,
        remaining_seconds=(0 if missed else None) if settled else _remaining(track, cycle, at),
        binding=not promise.cell.target.suggested,
        target=promise.words,
        calendar=promise.calendar,
        priority=cycle.priority,
        terms=cycle.terms,
        changes=tuple(cycle.changes),
        was=None,
    )


def _open_state(track: Track, cycle: Cycle) -> State:
    if cycle.promise.untimed:
        return cycle.promise.untimed
    return State.RUNNING if track.paused_since is None else State.PAUSED


def _late(cycle: Cycle) -> Seconds | None:
    """By the clock on the wall, from the due instant to the late answer."""
    if cycle.met_at is None or cycle.due_at is None:
        return None
    return cycle.met_at - cycle.due_at


def _soon_at(cycle: Cycle) -> Instant | None:
    if cycle.due_at is None:
        return None
    return cycle.promise.soon(cycle.started_at, cycle.due_at, cycle.holes)


def _remaining(track: Track, cycle: Cycle, at: Instant) -> Seconds | None:
    """What is left while a cycle is open."""
    within = cycle.promise.cell.target.within
    if not isinstance(within, Quantity):
        return None
    return due.remaining(
        within,
        cycle.started_at,
        at,
        cycle.promise.open_time,
        due=cycle.due_at,
        holes=(*cycle.holes, *track.running_pause(at)),
    )
