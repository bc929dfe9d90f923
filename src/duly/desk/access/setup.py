"""Who sets up the desk as a whole."""

from duly.desk.access.actor import Actor
from duly.desk.people.role import Right


def may_set_up(actor: Actor) -> bool:
    """Whoever holds the right."""
    return actor.has(Right.MANAGE_SETUP)
