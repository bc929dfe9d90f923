"""Who may read the audit."""

from duly.desk.access.actor import Actor
from duly.desk.people.role import Right


def may_see_audit(actor: Actor) -> bool:
    """Whoever holds the right."""
    return actor.has(Right.SEE_AUDIT)
