"""What a fold answers: clocks, the escalation rights, and when to look again."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from duly.core.instant import Instant, Seconds


class Kind(StrEnum):
    """What a clock measures. Escalation clocks count their level as the cycle."""

    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    UPDATE = "update"
    WORKAROUND = "workaround"
    RESOLUTION = "resolution"
    ROOT_CAUSE = "root_cause"
    ESCALATION = "escalation"


class State(StrEnum):
    """How a clock stands at the asked instant. `missed` is also said of a promise met late."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    BEST_EFFORT = "best_effort"
    CONTINUOUS = "continuous"
    SUPERSEDED = "superseded"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Change:
    """A re-target: `due_at` is what had been promised until `at`."""

    at: Instant
    due_at: Instant | None
    why: str


class Clock(NamedTuple):
    """One cycle of one clock kind. Instants are UTC seconds; see section 5 and 7 of the contract for each field.

    A tuple because a fold makes a dozen, and a frozen dataclass of this size takes four times as long to make.
    """

    kind: Kind
    cycle: int
    state: State
    started_at: Instant
    due_at: Instant | None
    soon_at: Instant | None
    """When a running clock starts to press: the instant from which it is shown as due soon."""
    met_at: Instant | None
    ended_at: Instant | None
    late_seconds: Seconds | None
    remaining_seconds: Seconds | None
    binding: bool
    target: str
    """The target in the words of the policy, e.g. ``8 business hours on office``."""
    calendar: str | None
    priority: str
    terms: str
    """The key of the terms (binding) that hold for this cycle."""
    changes: tuple[Change, ...]
    was: State | None

    @property
    def settled(self) -> bool:
        """Evidence: nothing that happens later may change this clock, except that a late answer is added to a miss."""
        return self.state in (State.MET, State.MISSED, State.SUPERSEDED, State.VOID)


@dataclass(frozen=True, slots=True)
class Level:
    """An escalation level and the instant at which it opened or was invoked."""

    level: int
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """A ticket's promises at the asked instant, ordered by kind and cycle."""

    at: Instant
    clocks: tuple[Clock, ...]
    available: tuple[Level, ...]
    invoked: tuple[Level, ...]
    wakes_at: Instant | None
    """The next instant at which time alone changes something here; None when only an event can."""
