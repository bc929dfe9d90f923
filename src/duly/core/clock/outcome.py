"""Outcomes: how the cycles of a walk stand at the asked instant."""

from duly.core import due
from duly.core.clock.cycle import Cycle
from duly.core.clock.track import Track
from duly.core.clock.values import Clock, State
from duly.core.instant import Instant, Seconds


def outcome(track: Track, cycle: Cycle, at: Instant) -> Clock:
    """The clock of a cycle. Its fields go in by their order: by name it would take four times as long, and a fold has
    a dozen.
    """
    promise, settled = cycle.promise, cycle.settled
    missed = settled is State.MISSED
    return Clock(
        track.kind,
        cycle.number,
        settled or _open_state(track, cycle),
        cycle.started_at,
        cycle.due_at,
        None if settled else _soon_at(cycle),
        cycle.met_at,
        cycle.ended_at,
        _late(cycle) if missed else None,
        (0 if missed else None) if settled else _remaining(track, cycle, at),
        promise.binding,
        promise.words,
        promise.calendar,
        cycle.priority,
        cycle.terms,
        tuple(cycle.changes),
        None,
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
    if cycle.promise.within is None:
        return None
    return due.remaining(
        cycle.promise.within,
        cycle.started_at,
        at,
        cycle.promise.open_time,
        due=cycle.due_at,
        holes=(*cycle.holes, *track.running_pause(at)),
    )
