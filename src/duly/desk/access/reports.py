"""Who reads sums over many tickets. What is summed is still only what they see, ticket by ticket."""

from duly.desk.access.actor import Actor
from duly.desk.people.role import Right


def may_see_reports(actor: Actor) -> bool:
    """Whoever holds the right."""
    return actor.has(Right.SEE_REPORTS)


def may_see_review(actor: Actor, organisation_id: int) -> bool:
    """Whoever reads reports, and who manages the organisation for the customer."""
    rights = actor.organisations.get(organisation_id, frozenset())
    return may_see_reports(actor) or Right.MANAGE_ORGANISATION in rights
