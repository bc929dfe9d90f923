"""A history that grows: after each event the answer of `fold`, without walking again from the beginning."""

from collections.abc import Iterable, Mapping

from duly.core.clock.fold import as_it_stands, fold, walk
from duly.core.clock.rules import apply
from duly.core.clock.values import Fold
from duly.core.clock.walk import Walk
from duly.core.events import Event, Excluded, Merged
from duly.core.instant import Instant
from duly.core.terms import Terms

_LONG_AGO = -(1 << 62)


class Growing:
    """The events of one ticket in the order in which they are added, and the walk through them so far.

    Where a walk cannot go on, the history is folded from its beginning: with other terms, with an exclusion or a merge,
    and at instants at which time alone has changed something since the last event, for a walk never goes back.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._events: list[Event] = []
        self._goes_on = True
        self._walked: Walk | None = None
        self._steps = 0
        self._terms: Mapping[str, Terms] = {}
        for event in events:
            self.add(event)

    @property
    def events(self) -> tuple[Event, ...]:
        """What was added so far."""
        return tuple(self._events)

    def add(self, event: Event) -> None:
        """Let the history go on."""
        in_order = not self._events or self._events[-1].at <= event.at
        self._goes_on = self._goes_on and in_order and not isinstance(event, Excluded | Merged)
        self._events.append(event)

    def fold(self, terms: Mapping[str, Terms], at: Instant) -> Fold:
        """Give what `fold` gives for the events so far.

        Raises:
            HistoryError, CalendarError: as for `fold`.
        """
        walked = self._walk(terms, at)
        if walked is None or _is_changed_by_time(walked, at):
            return fold(self._events, terms, at)
        return as_it_stands(walked, at)

    def _walk(self, terms: Mapping[str, Terms], at: Instant) -> Walk | None:
        """Go on to the last event; None where there is no going on."""
        if not self._goes_on or not self._events or at < self._events[-1].at:
            return None
        walked, self._walked = self._walked, None  # an event that cannot be applied ends the walk
        if walked is None or terms != self._terms:
            walked = walk(self._events, terms, _LONG_AGO)
        else:
            for event in self._events[self._steps :]:
                apply(walked, event)
        self._walked, self._steps, self._terms = walked, len(self._events), terms
        return walked


def _is_changed_by_time(walked: Walk, at: Instant) -> bool:
    """Whether letting time pass up to an instant would move the walk on."""
    opens_at = walked.climb.opens_at
    if opens_at is not None and opens_at < at:
        return True
    cycles = (track.open for track in walked.tracks.values())
    return any(cycle and cycle.due_at is not None and cycle.due_at < at for cycle in cycles)
