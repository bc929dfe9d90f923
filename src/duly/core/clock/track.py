"""A track: the cycles of one kind of clock on one ticket, and what is owed of that kind."""

from dataclasses import dataclass, field

from duly.core.clock.cycle import Cycle
from duly.core.clock.promise import Promise
from duly.core.clock.situation import Situation
from duly.core.clock.values import Change, Kind, State
from duly.core.clock.words import CLOSED, MET_BY, RESOLVED, RESPONSES
from duly.core.instant import Instant
from duly.core.spans import Span


@dataclass(slots=True, eq=False)
class Track:
    """One kind of clock. Something is owed since `owed_since` (None: nothing), whether or not a promise covers it."""

    kind: Kind
    situation: Situation
    cycles: list[Cycle] = field(default_factory=list)
    owed_since: Instant | None = None
    open: Cycle | None = None
    """The cycle that runs, is paused, or promises no instant."""
    late: list[Cycle] = field(default_factory=list)
    """Missed cycles that may still be met late."""
    awaits: Promise | None = None
    """What the owed cycle promises once the word was said that it starts at."""
    ended: bool = False
    """Whether resolving or closing ended what was owed; a reopening takes that up again."""
    solution: Cycle | None = None
    """The cycle that the resolving met, which a reopening may take back."""
    pauses: tuple[Span, ...] = ()
    paused_since: Instant | None = None

    def owe(self, at: Instant, why: str) -> None:
        """Something is owed from now on, and a cycle starts if a promise covers it; unless one is open already."""
        if self.open is None:
            self.owed_since = at
            self.begin(at, why)

    def begin(
        self, at: Instant, why: str, *, number: int | None = None, made_at: Instant | None = None
    ) -> None:
        """Start the next cycle, unless nothing is promised or its cell still waits for its `starts`."""
        situation = self.situation
        self.awaits, self.solution, self.ended = None, None, False
        promise = situation.select(self.kind, at)
        if promise is None:
            return
        if promise.starts is not None:
            if promise.starts not in situation.heard:
                self.awaits = promise
                return
            at = max(at, situation.heard[promise.starts])
        cycle = Cycle(
            number or len(self.cycles) + 1,
            promise,
            situation.binding,
            situation.priority,
            at,
            why,
            situation.promised_at if made_at is None else made_at,
        )
        self.open = cycle
        self.cycles.append(cycle)
        self._count(cycle)

    def hear(self, word: str, at: Instant) -> None:
        """Meet what this word meets; start what waited for it. Said only while something is owed, or was missed."""
        latest = self.open or (self.late[-1] if self.late else None)
        promise = latest.promise if latest else self.awaits
        if word in (promise.met_by if promise else MET_BY[self.kind]):
            self._meet(word, at)
        elif self.awaits and word == self.awaits.starts:
            self.begin(at, word)

    def miss(self) -> Cycle:
        """The due instant passed. A missed update is missed for good, and the next cycle starts at that instant."""
        missed = self.open
        assert missed is not None
        assert missed.due_at is not None
        missed.settled = State.MISSED
        self.open = None
        if self.kind is Kind.UPDATE:
            self.owe(missed.due_at, "missed")
        else:
            self.late.append(missed)
        return missed

    def pause(self, at: Instant) -> None:
        """Start or end a pause, as what the desk waits on asks for."""
        pauses = self.situation.waiting_on in self.situation.promises.pauses[self.kind]
        if pauses == (self.paused_since is not None):
            return
        if pauses:
            self.paused_since = at
        else:
            self.pauses += self.running_pause(at)
            self.paused_since = None
        if self.open:
            self._count(self.open)

    def running_pause(self, at: Instant) -> tuple[Span, ...]:
        """The pause that has begun and not ended, as far as it got."""
        if self.paused_since is None or self.paused_since >= at:
            return ()
        return (Span(self.paused_since, at),)

    def retarget(self, at: Instant, why: str) -> None:
        """Same cycle, start and pauses, another target; without one it is superseded."""
        cycle = self.open
        assert cycle is not None
        promise = self.situation.select(self.kind, cycle.started_at)
        if promise is None:
            self.end(State.SUPERSEDED, at)
            return
        cycle.changes.append(Change(at, cycle.due_at, why))
        cycle.promise = promise
        cycle.terms, cycle.priority = self.situation.binding, self.situation.priority
        self._count(cycle)

    def end(self, state: State, at: Instant) -> None:
        """End an open cycle that was neither met nor missed."""
        if self.open:
            self.open.settled, self.open.ended_at = state, at
            self.open.holes = (*self.open.holes, *self.running_pause(at))
            self.open = None

    def void(self, at: Instant, state: State = State.VOID) -> None:
        """Nothing is owed any more. What was missed before stays missed, and may still be met late."""
        self.end(state, at)
        self.ended = self.ended or self.owed_since is not None
        self.owed_since = self.awaits = None

    def reopen(self, at: Instant) -> None:
        """Owe again what resolving or closing ended: in the same cycle, solved time being a pause, or in the next."""
        if not self.ended:
            return
        solution, self.ended, self.solution = self.solution, False, None
        last = self.cycles[-1] if self.cycles else None
        if last in self.late:
            self.owed_since = last.started_at
        elif solution is None or self.situation.promises.terms.rules.reopen == "restart":
            self.owe(at, "reopened")
        elif solution.settled is State.MET:
            self._take_back(solution, at)

    def _take_back(self, cycle: Cycle, at: Instant) -> None:
        assert cycle.met_at is not None
        # Closing does not end a waiting as resolving does, so a pause may reach beyond what met the clock.
        paused = (*self.pauses, *self.running_pause(at))
        kept = [Span(began, min(ended, cycle.met_at)) for began, ended in paused]
        solved = Span(cycle.met_at, at)
        self.pauses = tuple(span for span in (*kept, solved) if span.start < span.end)
        if self.paused_since is not None:
            self.paused_since = at
        cycle.settled = cycle.met_at = None
        self.owed_since, self.open = cycle.started_at, cycle
        self._count(cycle)

    def _meet(self, word: str, at: Instant) -> None:
        latest = self.cycles[-1] if self.cycles else None
        if self.open:
            if self.paused_since is not None:
                self._count(self.open, self.running_pause(at))
                self.open.due_at = None if self.open.due_at is None else max(self.open.due_at, at)
            self.open.settled = State.MET
            self.late.append(self.open)
        for cycle in self.late:
            cycle.met_at = at
        self.ended = word in (RESOLVED, CLOSED) and self.kind not in RESPONSES
        self.solution = latest if self.ended and latest in self.late else None
        self.late = []
        self.open = self.owed_since = self.awaits = None

    def _count(self, cycle: Cycle, running: tuple[Span, ...] | None = None) -> None:
        """Find the due instant; a cycle that is paused has none. No promise is missed before it was made."""
        pauses, start = self.pauses + (running or ()), cycle.started_at
        if pauses and pauses[-1].end > start:
            cycle.holes = tuple([span for span in pauses if span.end > start])
        else:
            cycle.holes = ()
        if cycle.promise.untimed or (self.paused_since is not None and running is None):
            cycle.due_at = None
            return
        due_at = cycle.promise.due(start, cycle.holes)
        if due_at is not None and due_at < cycle.made_at:
            due_at = cycle.made_at
        cycle.due_at = due_at
