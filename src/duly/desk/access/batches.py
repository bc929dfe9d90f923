"""Who may act on many tickets at once; each ticket is still asked about by itself."""

from collections.abc import Mapping

from duly.desk.access.actor import Actor
from duly.desk.people.role import Right
from duly.desk.tickets.batch import Batch


def may_act_on_many(actor: Actor) -> bool:
    """Whoever has a queue."""
    return actor.is_agent and actor.person_id is not None


def may_see_batch(actor: Actor, batch: Batch) -> bool:
    """Whoever did it: alone, because it names what was asked of tickets that another may not see."""
    return may_act_on_many(actor) and batch.person_id == actor.person_id


def verbs_for_many(actor: Actor) -> frozenset[str]:
    """What is worth offering: that for which the actor has the right on some ticket."""
    return frozenset(verb for verb, right in _NEEDS.items() if actor.has(right))


_NEEDS: Mapping[str, Right] = {
    "assign": Right.ASSIGN,
    "prioritise": Right.PRIORITISE,
    "tag": Right.NOTE,
    "wait": Right.PROGRESS,
    "snooze": Right.PROGRESS,
    "resolve": Right.PROGRESS,
    "close": Right.PROGRESS,
    "merge": Right.MERGE,
}
