"""Who reads sums over many tickets. What is summed is still only what they see, ticket by ticket."""

from duly.desk.access.actor import Actor
from duly.desk.people.role import Right


def may_see_reports(actor: Actor) -> bool:
    """Whoever holds the right."""
    return actor.has(Right.SEE_REPORTS)
