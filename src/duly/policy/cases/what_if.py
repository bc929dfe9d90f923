"""What a report at an instant would be promised, before there is a ticket."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from duly.core.clock.fold import fold
from duly.core.clock.values import Clock
from duly.core.events import Facts, Opened
from duly.core.instant import Instant
from duly.core.terms import Terms
from duly.policy.bind.plan import resolve
from duly.policy.bind.terms import bind
from duly.policy.bind.zone import zone_of
from duly.policy.cases.standing import clock_json
from duly.policy.document.read import Document
from duly.policy.document.subscription import Subscription
from duly.policy.nearest import nearest
from duly.policy.problems import UnusableInputError

TAKEN = frozenset({"email", "web"})
"""Reports come in by these whatever a plan lists."""


@dataclass(frozen=True, slots=True)
class Promises:
    """The clocks that would start, and what is promised for later."""

    clocks: tuple[Clock, ...]
    later: tuple[tuple[str, str], ...]
    """Kinds whose clock starts with a later event, with the words of their target."""
    zone: ZoneInfo

    def as_json(self) -> dict[str, Any]:
        """Write them as plain values."""
        return {
            "clocks": [clock_json(clock) for clock in self.clocks],
            "later": [{"kind": kind, "target": target} for kind, target in self.later],
        }


def promises(
    document: Document,
    subscription: Subscription,
    priority: str,
    at: Instant,
    channel: str | None = None,
) -> Promises:
    """Compute what would be promised.

    Raises:
        UnusableInputError: the plan, priority or channel is unknown, or the customer's part is missing.
    """
    terms = bind(document, subscription)
    _known_channel(channel, _channels(document, subscription, terms))
    levels = [level.key for level in terms.priorities]
    if priority not in levels:
        hint = nearest(priority, levels) or f"; levels are {', '.join(levels)}."
        raise UnusableInputError(f"the plan has no priority `{priority}`{hint}")
    opened = Opened(at=at, binding="then", priority=priority, facts=Facts(channel=channel))
    clocks = fold([opened], {"then": terms}, at).clocks
    started = {clock.kind for clock in clocks}
    later = tuple(
        (kind.value, str(cells[0].target))
        for kind, table in terms.targets.items()
        if kind not in started
        and (cells := table.get(priority, ()))
        and str(cells[0].target) != "none"
    )
    return Promises(clocks, later, zone_of(terms))


def _channels(document: Document, subscription: Subscription, terms: Terms) -> set[str]:
    """Find the channels that a plan lists, gates a target by, or sets a default priority for."""
    resolved = resolve(document, subscription)
    default = document.policy.priorities.default
    cells = (cell for table in terms.targets.values() for each in table.values() for cell in each)
    gates = {channel for cell in cells if cell.when for channel in cell.when.channel}
    defaults = set(default) - {"otherwise"} if isinstance(default, dict) else set()
    return gates | defaults | set(resolved.plan.channels)


def _known_channel(channel: str | None, named: set[str]) -> None:
    """Refuse a slip, which would select another target; a plan that names no channel treats all alike."""
    known = sorted(named | TAKEN)
    if channel is not None and named and channel not in known:
        hint = nearest(channel, known) or f"; channels are {', '.join(known)}."
        raise UnusableInputError(f"the plan has no channel `{channel}`{hint}")
