"""The situation of a ticket while its history is walked: what the desk and the customer know at that point."""

from dataclasses import dataclass, field, fields, replace

from duly.core.clock.promise import Promise, Promises
from duly.core.clock.values import Kind
from duly.core.events import Facts
from duly.core.instant import Instant

_NOTHING_STATED = Facts()
_FACTS = tuple(fact.name for fact in fields(Facts))


@dataclass(slots=True, eq=False)
class Situation:
    """Which terms, priority and facts hold, and what was said so far."""

    binding: str
    promises: Promises
    priority: str
    facts: Facts
    promised_at: Instant
    """When the first priority was set. No promise can be missed before that."""
    waiting_on: str | None = None
    heard: dict[str, Instant] = field(default_factory=dict)
    """The words said so far, and when first."""
    customer_answered: bool = False
    """Whether the last public word was the desk's: then the next message of the customer is owed an answer."""
    resolved_at: Instant | None = None
    closed: bool = False

    def select(self, kind: Kind, start: Instant) -> Promise | None:
        """What is promised for a cycle that starts then."""
        return self.promises.select(kind, self.priority, self.facts, start)


def restate(facts: Facts, stated: Facts) -> Facts:
    """The facts with those that were stated again replaced."""
    if stated is facts or stated == _NOTHING_STATED:
        return facts
    changed = {name: value for name in _FACTS if (value := getattr(stated, name)) is not None}
    return replace(facts, **changed)
