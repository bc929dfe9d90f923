"""The one table of event kinds: who sees them, what they hold, whether clocks read them, how a time line says them.

Kinds that clocks read are core's (``duly.core.events``) with core's fields as facts; the rest are the desk's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from duly.core import events
from duly.desk.tickets.mentions import MENTIONED

BY_ITSELF = "by_itself"
"""The fact of a closing that time alone caused."""


FILLED = "filled"
"""The fact of an opening that names the values of the desk's own fields which came with it."""


class Audience(StrEnum):
    """Who may see that it happened: both sides, or the desk alone."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """One kind of event. `facts` are the desk's own, beside the fields of the core event of that name."""

    audience: Audience
    sentence: str
    """What happened, after the name of whoever did it; facts stand in braces."""
    facts: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_public(self) -> bool:
        """Whether the customer sees it."""
        return self.audience is Audience.PUBLIC


def _public(sentence: str, *facts: str) -> EventKind:
    return EventKind(audience=Audience.PUBLIC, sentence=sentence, facts=frozenset(facts))


def _internal(sentence: str, *facts: str) -> EventKind:
    return EventKind(audience=Audience.INTERNAL, sentence=sentence, facts=frozenset(facts))


KINDS: Mapping[str, EventKind] = {
    "opened": _public("opened the ticket", "message", "team", "assignee", "over", FILLED),
    "prioritised": _public("set the priority to {priority}"),
    "replied": _public("replied", "message"),
    "noted": _internal("left a note", "note", MENTIONED),
    "updated": _public("published an update", "message"),
    "waiting": _public("is waiting for {on}"),
    "resumed": _public("took the work up again"),
    "marked": _public("reported: {as}"),
    "resolved": _public("resolved the ticket", "closes_at"),
    "reopened": _public("reopened the ticket"),
    "closed": _public("closed the ticket", BY_ITSELF),
    "escalated": _public("escalated to level {level}"),
    "excluded": _public("found the ticket outside the agreement: “{cause}”"),
    "objected": _public("objected to the exclusion by “{cause}”", "cause", "message"),
    "merged": _public("merged the ticket into {into}"),
    "moved": _public("moved the ticket to other terms"),
    "spent": _internal("spent {minutes} minutes on {on}"),
    "used_up": _public("used up the allowance: {allowance}", "allowance", "period"),
    "rated": _public("found the help {verdict}", "verdict"),
    "assigned": _internal("assigned the ticket", "team", "assignee"),
    "retitled": _public("changed the subject"),
    "unmerged": _public("took the merging back"),
    "absorbed": _public("merged ticket {ticket} into this one", "ticket"),
    "released": _public("gave ticket {ticket} back", "ticket"),
    "split": _public("split messages off into ticket {ticket}", "ticket", "messages"),
    "split_off": _public("split this ticket off from {ticket}", "ticket", "messages"),
    "unsplit": _public("took the splitting back: {ticket}", "ticket", "messages"),
    "snoozed": _internal("put the ticket aside until {until}", "until"),
    "unsnoozed": _internal("brought the ticket back"),
    "returned": _internal("came back to the queue"),
    "tagged": _internal("changed the tags", "added", "removed"),
    "filled": _internal("set {field}: {value}", "field", "kind", "value"),
    "linked": _internal("said that this ticket is {as} {ticket}", "ticket", "as"),
    "unlinked": _internal("took back the link to {ticket}", "ticket"),
    "followed": _internal("follows the ticket"),
    "unfollowed": _internal("no longer follows the ticket"),
    "undelivered": _internal("was not reached by mail: a letter about this ticket came back"),
    "complained": _internal("called a letter about this ticket unwanted"),
    "due_soon": _internal("{clock} is due soon", "clock", "cycle", "due_at"),
    "missed": _public("{clock} was missed", "clock", "cycle", "due_at"),
    "level_opened": _public("level {cycle} of the escalation opened", "clock", "cycle"),
}

ON_CLOCKS = frozenset(events.NAMES)
"""The kinds that a fold reads."""

ONCE = frozenset({"due_soon", "missed", "level_opened"})
"""What came about on a clock: recorded once for each cycle, for telling people, never read by a fold."""

MILESTONES = frozenset({"verified", "reproduced", "workaround", "root_cause"})
"""What can be marked under every policy; a policy may name more."""

BY_TIME = ONCE | {"returned"}
"""The kinds that time alone causes."""


def is_by_time(kind: str, facts: Mapping[str, Any]) -> bool:
    """Whether time alone caused an event, so that it comes about again when a history is replayed."""
    return kind in BY_TIME or BY_ITSELF in facts
