"""A cycle: one promise of one kind while a history is walked."""

from dataclasses import dataclass, field

from duly.core.clock.promise import Promise
from duly.core.clock.values import Change, State
from duly.core.instant import Instant
from duly.core.spans import Span


@dataclass(slots=True, eq=False)
class Cycle:
    """What was promised, since when, and how it ended; `settled` is None while it is open."""

    number: int
    promise: Promise
    terms: str
    priority: str
    started_at: Instant
    why: str
    """The word of the event that started it."""
    made_at: Instant
    """When it was promised; nothing is due before that."""
    due_at: Instant | None = None
    settled: State | None = None
    met_at: Instant | None = None
    ended_at: Instant | None = None
    holes: tuple[Span, ...] = ()
    """The pauses behind `due_at`."""
    changes: list[Change] = field(default_factory=list)
