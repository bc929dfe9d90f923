"""The rules: for each event one function that moves the walk on, as section 5 of the contract says."""

from collections.abc import Callable, Mapping
from typing import Any

from duly.core import events
from duly.core.clock.situation import Situation, restate
from duly.core.clock.track import Track
from duly.core.clock.values import Kind, State
from duly.core.clock.walk import HistoryError, Walk, bound
from duly.core.clock.words import (
    BY_AGENT_ONLY,
    CLOSED,
    LOWERED,
    OPENED,
    PRIORITISED,
    REPLIED,
    RESOLVED,
    RESPONSES,
    UPDATED,
)
from duly.core.events import Event, Facts
from duly.core.instant import Instant


def apply(walk: Walk, event: Event) -> None:
    """Let time pass up to an event, then apply its rule."""
    walk.advance(event.at)
    rule = _RULES.get(type(event))
    if rule:
        rule(walk, event)


def _opened(walk: Walk, event: events.Opened) -> None:
    if OPENED in walk.situation.heard:
        raise HistoryError("the history has a second Opened")
    _check_priority(walk.situation)
    walk.situation.heard[OPENED] = event.at
    for kind in (Kind.FIRST_RESPONSE, Kind.WORKAROUND, Kind.RESOLUTION):
        walk.owe(kind, event.at, OPENED)


def _prioritised(walk: Walk, event: events.Prioritised) -> None:
    """The first setting is no change: it was known from the opening. The same again is one only by its facts."""
    situation = walk.situation
    before, known = situation.priority, situation.facts
    situation.facts = restate(known, event.facts)
    if event.priority != before:
        if _less_urgent(situation, before, event.priority):
            walk.hear(LOWERED, event.at)
        situation.priority = event.priority
        _check_priority(situation)
        for track in walk.tracks.values():
            _reprioritise(track, event.at, f"priority {before} to {event.priority}")
    elif situation.facts != known:
        for track in walk.tracks.values():
            if _selects_another(track, known, event.at):
                _reprioritise(track, event.at, f"priority {before} with other facts")
    if event.by == "agent":
        walk.hear(PRIORITISED, event.at)


def _selects_another(track: Track, known: Facts, at: Instant) -> bool:
    """Whether the facts select another cell than those known before, and than the open clock has."""
    situation, cycle = track.situation, track.open
    since = cycle.started_at if cycle else track.owed_since
    if since is None:
        return False
    if _restarts(track):
        since = at
    now = situation.select(track.kind, since)
    then = situation.promises.select(track.kind, situation.priority, known, since)
    same = now and cycle and now.cell == cycle.promise.cell
    return now is not then and not same


def _reprioritise(track: Track, at: Instant, why: str) -> None:
    """Priority change: only what is still owed is touched, and a missed clock stays missed."""
    if track.owed_since is None:
        return
    restarts = _restarts(track)
    if track.kind is Kind.ESCALATION and (restarts or not track.open):
        return
    if restarts:
        track.end(State.SUPERSEDED, at)
        track.begin(at, PRIORITISED)
    elif track.open:
        track.retarget(at, why)
    elif not track.late:
        track.begin(track.owed_since, PRIORITISED, made_at=at)


def _restarts(track: Track) -> bool:
    return track.situation.promises.modes[track.kind] == "from_change"


def _replied(walk: Walk, event: events.Replied) -> None:
    if event.by == "customer":
        _customer_spoke(walk, event.at)
    elif event.by == "agent":
        _desk_spoke(walk, REPLIED, event.at)
        _owe_update(walk, event.at, REPLIED)


def _desk_spoke(walk: Walk, word: str, at: Instant) -> None:
    """A public word of the desk: it answers the customer, also for what closing had left unanswered."""
    walk.hear(word, at)
    walk.climb.answered()
    walk.situation.customer_answered = True
    for kind in RESPONSES:
        walk.leave(kind, ended=False)


def _customer_spoke(walk: Walk, at: Instant) -> None:
    """A message of the customer ends waiting on the customer. The first after the desk's is owed an answer, of a closed
    ticket from its reopening on.
    """
    if walk.situation.waiting_on == "customer":
        walk.wait(None, at)
    if walk.situation.customer_answered:
        walk.situation.customer_answered = False
        if walk.situation.closed:
            walk.leave(Kind.NEXT_RESPONSE, ended=True)
        else:
            walk.owe(Kind.NEXT_RESPONSE, at, REPLIED)


def _updated(walk: Walk, event: events.Updated) -> None:
    walk.hear(UPDATED, event.at)
    _owe_update(walk, event.at, UPDATED)


def _owe_update(walk: Walk, at: Instant, why: str) -> None:
    """Each public update starts the next cycle once an agent has replied, unless the ticket is resolved or closed."""
    situation = walk.situation
    if REPLIED in situation.heard and situation.resolved_at is None and not situation.closed:
        walk.owe(Kind.UPDATE, at, why)


def _waiting_began(walk: Walk, event: events.WaitingBegan) -> None:
    walk.wait(event.on, event.at)


def _resumed(walk: Walk, event: events.Resumed) -> None:
    if event.on in (None, walk.situation.waiting_on):
        walk.wait(None, event.at)


def _marked(walk: Walk, event: events.Marked) -> None:
    walk.hear(event.mark, event.at)


def _resolved(walk: Walk, event: events.Resolved) -> None:
    """Resolving ends any waiting. Only an agent's meets a response or an update; anybody else's voids what is open."""
    situation = walk.situation
    if event.by == "agent":
        _desk_spoke(walk, RESOLVED, event.at)
    else:
        walk.hear(RESOLVED, event.at, besides=BY_AGENT_ONLY)
        walk.void(event.at, *BY_AGENT_ONLY)
    walk.void(event.at, Kind.UPDATE)
    walk.climb.rest()
    walk.wait(None, event.at)
    if situation.resolved_at is None:
        situation.resolved_at = event.at
        walk.owe(Kind.ROOT_CAUSE, event.at, RESOLVED)


def _reopened(walk: Walk, event: events.Reopened) -> None:
    """Reopening what is neither resolved nor closed is no more than a message."""
    situation, at = walk.situation, event.at
    if situation.resolved_at is not None or situation.closed:
        situation.resolved_at, situation.closed = None, False
        for kind in (*RESPONSES, Kind.WORKAROUND, Kind.RESOLUTION):
            if kind in walk.tracks:
                walk.tracks[kind].reopen(at)
        if Kind.ROOT_CAUSE in walk.tracks:
            walk.tracks[Kind.ROOT_CAUSE].void(at, State.SUPERSEDED)
        walk.owe(Kind.UPDATE, at, "reopened")
    if event.by == "customer":
        _customer_spoke(walk, at)


def _closed(walk: Walk, event: events.Closed) -> None:
    """Closing voids every open clock but the root cause."""
    walk.hear(CLOSED, event.at)
    walk.void(event.at, *(kind for kind in walk.tracks if kind is not Kind.ROOT_CAUSE))
    walk.climb.rest()
    walk.situation.closed = True


def _escalated(walk: Walk, event: events.Escalated) -> None:
    """Start the clock of the level. Invoking one that has not opened, or while all is resolved, moves nothing."""
    situation = walk.situation
    if situation.resolved_at is not None or situation.closed:
        return
    if walk.climb.invoke(event.level, event.at):
        track = walk.tracks[Kind.ESCALATION]
        track.end(State.SUPERSEDED, event.at)
        track.owed_since = event.at
        track.begin(event.at, "escalated", number=event.level)


def _merged(walk: Walk, event: events.Merged) -> None:
    walk.void(event.at, *walk.tracks)
    walk.climb.answered()


def _moved(walk: Walk, event: events.Moved) -> None:
    """Other terms re-target what is open, from its start; what was not promised before starts now."""
    situation = walk.situation
    situation.binding = event.binding
    situation.promises = bound(walk.terms, event.binding)
    for track in walk.tracks.values():
        track.pause(event.at)
        if track.open:
            track.retarget(event.at, event.why)
        elif track.owed_since is not None and not track.late and track.kind is not Kind.ESCALATION:
            track.begin(event.at, "moved")


_RULES: Mapping[type[Event], Callable[[Walk, Any], None]] = {
    events.Opened: _opened,
    events.Prioritised: _prioritised,
    events.Replied: _replied,
    events.Updated: _updated,
    events.WaitingBegan: _waiting_began,
    events.Resumed: _resumed,
    events.Marked: _marked,
    events.Resolved: _resolved,
    events.Reopened: _reopened,
    events.Closed: _closed,
    events.Escalated: _escalated,
    events.Merged: _merged,
    events.Moved: _moved,
}
"""The rule of each event. Notes and time spent move no clock; exclusions are seen before the walk."""


def _check_priority(situation: Situation) -> None:
    known = situation.promises.levels
    if situation.priority not in known:
        raise HistoryError(
            f"unknown priority {situation.priority!r}; the plan knows {', '.join(known)}"
        )


def _less_urgent(situation: Situation, before: str, after: str) -> bool:
    levels = situation.promises.levels
    return before in levels and after in levels and levels.index(after) > levels.index(before)
