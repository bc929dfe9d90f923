"""A walk: one ticket on the way through its history, with a track for each kind of clock that is promised."""

from collections.abc import Mapping

from duly.core.clock.climb import Climb
from duly.core.clock.promise import Promises, promises
from duly.core.clock.situation import Situation
from duly.core.clock.track import Track
from duly.core.clock.values import Kind
from duly.core.instant import Instant
from duly.core.terms import Terms


class HistoryError(ValueError):
    """A history that cannot be folded: an event before `opened`, an unknown priority or binding."""


class Walk:
    """What is known, owed and promised at one point of a history. The rules of events move it on."""

    __slots__ = ("climb", "situation", "terms", "tracks")

    def __init__(self, situation: Situation, terms: Mapping[str, Terms]) -> None:
        promised = {kind for each in terms.values() for kind in promises(each).kinds}
        self.situation = situation
        self.terms = terms
        self.tracks = {kind: Track(kind, situation) for kind in _IN_ORDER if kind in promised}
        self.climb = Climb(situation)

    def advance(self, until: Instant) -> None:
        """Let time pass: what was due before an instant is missed, once the instant is after its due."""
        for track in self.tracks.values():
            while (cycle := track.open) and cycle.due_at is not None and cycle.due_at < until:
                track.miss()
                self.climb.missed(track.kind, cycle.number, cycle.due_at)
        self.climb.advance(until)

    def owe(self, kind: Kind, at: Instant, why: str) -> None:
        """Owe something of a kind, if any of the terms promises that kind."""
        if kind in self.tracks:
            self.tracks[kind].owe(at, why)

    def hear(self, word: str, at: Instant, *, besides: tuple[Kind, ...] = ()) -> None:
        """Say a word to the clocks."""
        self.situation.heard.setdefault(word, at)
        for kind, track in self.tracks.items():
            if (track.owed_since is not None or track.late) and kind not in besides:
                track.hear(word, at)

    def void(self, at: Instant, *kinds: Kind) -> None:
        """Owe nothing of these kinds any more."""
        for kind in kinds:
            if kind in self.tracks:
                self.tracks[kind].void(at)

    def leave(self, kind: Kind, *, ended: bool) -> None:
        """Say whether a reopening finds something of a kind that was ended and is still owed."""
        if kind in self.tracks:
            self.tracks[kind].ended = ended

    def wait(self, on: str | None, at: Instant) -> None:
        """Wait on somebody, or on nobody any more; a new waiting replaces the old."""
        if on != self.situation.waiting_on:
            self.situation.waiting_on = on
            for track in self.tracks.values():
                track.pause(at)


_IN_ORDER = tuple(Kind)


def bound(terms: Mapping[str, Terms], binding: str) -> Promises:
    """The promises of a binding that a history names.

    Raises:
        HistoryError: its terms were not given.
    """
    if binding not in terms:
        raise HistoryError(
            f"the history names the binding {binding!r}, and its terms were not given"
        )
    return promises(terms[binding])
