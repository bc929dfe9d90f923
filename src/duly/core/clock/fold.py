"""The fold: from a history, the terms it names and an instant to the clocks as they stand then."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from duly.core.clock.outcome import outcome
from duly.core.clock.rules import apply
from duly.core.clock.situation import Situation, restate
from duly.core.clock.values import Clock, Fold, State
from duly.core.clock.walk import HistoryError, Walk, bound
from duly.core.events import Event, Excluded, Merged, Opened, Prioritised
from duly.core.instant import Instant
from duly.core.terms import Terms

__all__ = ["HistoryError", "fold"]

_BY_TIME = attrgetter("at")
_BY_NUMBER = attrgetter("number")


def fold(history: Sequence[Event], terms: Mapping[str, Terms], at: Instant) -> Fold:
    """Fold a ticket's history into its promises as they stand at an instant.

    Events are taken in the order of their `at` (stably); those after `at` do not count. `terms` has the bindings that
    `Opened.binding` and `Moved.binding` name. A history that has not begun, or in which no priority was set yet, has no
    clocks.

    Raises:
        HistoryError: the history does not begin with its one `opened`, or names an unknown priority or binding.
        CalendarError: a cell needs a calendar that its terms lack.
    """
    told, excluded = tell(history, at)
    if excluded is None:
        return as_it_stands(walk(told, terms, at), at)
    then = as_it_stands(walk(told, terms, excluded.at), excluded.at)
    void = tuple(_excluded(clock, excluded.at) for clock in then.clocks)
    return replace(then, at=at, clocks=void, wakes_at=None)


def tell(history: Sequence[Event], at: Instant) -> tuple[list[Event], Excluded | None]:
    """The events that count at an instant, in order, and the exclusion that is in force then.

    A merged ticket's later events move nothing, so they are not told.

    An exclusion stops the history where it stood: every clock is void from then on, until each cause that was found is
    withdrawn. Then it counts as if it never was, and what happened meanwhile is told.
    """
    known = sorted((event for event in history if event.at <= at), key=_BY_TIME)
    kinds = [type(event) for event in known]
    if Merged in kinds:
        known = known[: kinds.index(Merged) + 1]
    if Excluded not in kinds:
        return known, None
    causes: set[str] = set()
    told, since, excluded = [], 0, None
    for event in known:
        if not isinstance(event, Excluded):
            told.append(event)
        elif event.withdrawn:
            causes.discard(event.cause)
        else:
            if not causes:
                since, excluded = len(told), event
            causes.add(event.cause)
    return (told[:since], excluded) if causes else (told, None)


def walk(history: Sequence[Event], terms: Mapping[str, Terms], at: Instant) -> Walk | None:
    """Walk through a history in its order and on to an instant; None while nothing is promised, for want of a priority.

    Raises:
        HistoryError: the history does not begin with its one `opened`, or names an unknown priority or binding.
        CalendarError: a cell needs a calendar that its terms lack.
    """
    if not history:
        return None
    first = history[0]
    if not isinstance(first, Opened):
        raise HistoryError(f"the history begins with {type(first).__name__}, not with Opened")
    known = bound(terms, first.binding)
    settings = (each for each in history if isinstance(each, (Opened, Prioritised)))
    setting = next((each for each in settings if each.priority), None)
    if setting is None or setting.priority is None:
        return None
    facts = restate(first.facts, setting.facts)
    walked = Walk(Situation(first.binding, known, setting.priority, facts, setting.at), terms)
    for event in history:
        apply(walked, event)
    walked.advance(at)
    return walked


def as_it_stands(walked: Walk | None, at: Instant) -> Fold:
    """The answer of a walk that has come to an instant; None where nothing is promised."""
    if walked is None:
        return Fold(at=at, clocks=(), available=(), invoked=(), wakes_at=None)
    clocks = tuple(
        outcome(track, cycle, at)
        for track in walked.tracks.values()
        for cycle in sorted(track.cycles, key=_BY_NUMBER)
    )
    return Fold(
        at=at,
        clocks=clocks,
        available=tuple(walked.climb.opened),
        invoked=tuple(walked.climb.invoked),
        wakes_at=_wakes_at(walked, clocks, at),
    )


def _wakes_at(walked: Walk, clocks: Sequence[Clock], at: Instant) -> Instant | None:
    """The next instant at which time alone changes something. A miss shows in the second after its due."""
    instants = [clock.soon_at for clock in clocks if clock.soon_at is not None]
    instants += [
        track.open.due_at + 1
        for track in walked.tracks.values()
        if track.open and track.open.due_at is not None
    ]
    if walked.climb.opens_at is not None:
        instants.append(walked.climb.opens_at + 1)
    return min((instant for instant in instants if instant > at), default=None)


def _excluded(clock: Clock, since: Instant) -> Clock:
    """A clock as it stood when the ticket was excluded."""
    return clock._replace(
        state=State.VOID,
        was=clock.state,
        soon_at=None,
        remaining_seconds=None,
        ended_at=clock.ended_at if clock.settled else since,
    )
