"""Who may act on many tickets at once; each ticket is still asked about by itself."""

from duly.desk.access.actor import Actor
from duly.desk.tickets.batch import Batch


def may_act_on_many(actor: Actor) -> bool:
    """Whoever has a queue."""
    return actor.is_agent and actor.person_id is not None


def may_see_batch(actor: Actor, batch: Batch) -> bool:
    """Whoever did it: alone, because it names what was asked of tickets that another may not see."""
    return may_act_on_many(actor) and batch.person_id == actor.person_id
