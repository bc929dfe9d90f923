"""The vocabulary of a history: what happened to a ticket, as frozen values in the past tense.

These are the events that clocks read (docs/policy-language.md, section 5). They hold ids and facts, never text
or names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from duly.core.instant import Instant

By: TypeAlias = Literal["agent", "customer", "automatic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the gates of a target may ask for; None and an empty set mean "not stated"."""

    channel: str | None = None
    environment: str | None = None
    component: str | None = None
    contact: str | None = None
    requested: str | None = None
    region: str | None = None
    flags: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, at an instant."""

    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    """The ticket was received. `binding` names the terms that hold; without a priority no clock has a target yet."""

    binding: str
    priority: str | None = None
    by: By = "customer"
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prioritised(Event):
    """The priority was set or changed; facts that are stated replace those of the opening."""

    priority: str
    by: By = "agent"
    reason: str | None = None
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(Event):
    """A public message. An agent's phone call is one."""

    by: By
    via: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Event):
    """An internal note: it never moves a clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated(Event):
    """A public update on a linked incident."""

    via: str = "status-page"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingBegan(Event):
    """The desk waits for somebody: `customer`, `third_party` or a reason the policy names. In files: ``waiting``."""

    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Event):
    """Waiting ended: on whatever it was, or only if it was `on` this."""

    on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked(Event):
    """A milestone: `verified`, `reproduced`, `workaround`, `root_cause`, or a mark the policy names."""

    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved(Event):
    """The ticket was resolved."""

    by: By


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Event):
    """A resolved ticket was taken up again."""

    by: By


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Event):
    """The ticket was closed for good."""

    by: By = "agent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated(Event):
    """An escalation level was invoked."""

    level: int
    by: By = "customer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded(Event):
    """The ticket was found outside the agreement by a clause, or (`withdrawn`) that finding was taken back."""

    cause: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Event):
    """The ticket went on in another."""

    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Event):
    """Other terms hold from now on: another plan or version, an amendment, a calendar edition."""

    binding: str
    why: str = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent(Event):
    """Minutes were spent on an allowance that counts time."""

    minutes: int
    on: str = "guidance"


NAMES: Mapping[str, type[Event]] = {
    "opened": Opened,
    "prioritised": Prioritised,
    "replied": Replied,
    "noted": Noted,
    "updated": Updated,
    "waiting": WaitingBegan,
    "resumed": Resumed,
    "marked": Marked,
    "resolved": Resolved,
    "reopened": Reopened,
    "closed": Closed,
    "escalated": Escalated,
    "excluded": Excluded,
    "merged": Merged,
    "moved": Moved,
    "spent": Spent,
}
"""The name of each event in files, rows and JSON; `duly.core.history` reads and writes them."""
