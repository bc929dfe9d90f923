"""Who may see and change policies and subscriptions."""

from django.db.models import QuerySet

from duly.desk.access.actor import Actor
from duly.desk.agreements.policy import Policy
from duly.desk.agreements.subscription import Subscription
from duly.desk.people.role import Right


def subscriptions_visible_to(actor: Actor) -> QuerySet[Subscription]:
    """Agents see every subscription, contacts those of their organisations."""
    if actor.is_agent:
        return Subscription.objects.all()
    return Subscription.objects.filter(organisation__in=list(actor.organisations))


def policies_visible_to(actor: Actor) -> QuerySet[Policy]:
    """Agents see every policy with all its versions; what customers see is the page in force, as everybody does."""
    return Policy.objects.all() if actor.is_agent else Policy.objects.none()


def may_choose(actor: Actor, row: Subscription) -> bool:
    """Pick what the policy leaves to the customer: the desk, or whoever manages the customer's organisation."""
    rights = actor.organisations.get(row.organisation_id, frozenset())
    return may_manage_agreements(actor) or Right.MANAGE_ORGANISATION in rights


def may_publish(actor: Actor) -> bool:
    """Publish a policy version."""
    return actor.has(Right.PUBLISH_POLICIES)


def may_manage_agreements(actor: Actor) -> bool:
    """Subscribe organisations, amend and move their subscriptions."""
    return actor.has(Right.MANAGE_AGREEMENTS)
