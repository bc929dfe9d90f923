"""The climb: which escalation levels have opened and which were invoked (contract, section 5, Escalation)."""

from dataclasses import dataclass, field

from duly.core.clock.situation import Situation
from duly.core.clock.values import Kind, Level
from duly.core.instant import Instant
from duly.core.terms import Rung


@dataclass(slots=True, eq=False)
class Climb:
    """A ticket's way up the ladder of its terms. Levels count from 1; the clock in `opens` stands for level 0."""

    situation: Situation
    opened: list[Level] = field(default_factory=list)
    invoked: list[Level] = field(default_factory=list)
    unanswered: bool = False
    """Whether the last miss that opened a level still waits for an answer."""
    opens_at: Instant | None = None
    """When time alone opens the next level, unless an answer comes first."""

    def missed(self, kind: Kind, number: int, due_at: Instant) -> None:
        """A clock was missed, unanswered at its due."""
        ladder = self.situation.promises.terms.ladder
        if ladder is None or kind not in (ladder.opens, Kind.ESCALATION):
            return
        self.unanswered = True
        level = number if kind is Kind.ESCALATION else 0
        rung = self._next()
        if rung is None:
            return
        if rung.after is not None:
            self._schedule(due_at)
        elif level == len(self.opened):
            self._open(due_at)

    def advance(self, until: Instant) -> None:
        """Open the levels whose time came before an instant."""
        while self.opens_at is not None and self.opens_at < until:
            self._open(self.opens_at)

    def answered(self) -> None:
        """An answer: what has opened stays listed, and nothing more opens or can be invoked until the next miss."""
        self.unanswered = False
        self.opens_at = None

    def rest(self) -> None:
        """Resolved or closed without an answer: time alone opens no more levels."""
        self.opens_at = None

    def invoke(self, level: int, at: Instant) -> bool:
        """Whether an invoking counts: the level has opened, nobody answered since, and it was not invoked before."""
        counts = (
            self.unanswered
            and level in [opened.level for opened in self.opened]
            and level not in [invoked.level for invoked in self.invoked]
        )
        if counts:
            self.invoked.append(Level(level, at))
        return counts

    def _next(self) -> Rung | None:
        ladder = self.situation.promises.terms.ladder
        rungs = ladder.rungs if ladder else ()
        return rungs[len(self.opened)] if len(self.opened) < len(rungs) else None

    def _open(self, at: Instant) -> None:
        self.opened.append(Level(len(self.opened) + 1, at))
        self.opens_at = None
        self._schedule(at)

    def _schedule(self, since: Instant) -> None:
        rung = self._next()
        if rung is not None and rung.after is not None and self.opens_at is None:
            self.opens_at = self.situation.promises.after(rung.after, since)
