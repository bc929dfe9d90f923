"""Subscribe an organisation to a plan of a published policy."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.agreements import may_manage_agreements
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.actions.agreements.come_into_force import move_open_tickets
from duly.desk.agreements.binding import Agreed, Held, Making, begin
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.subscription import Subscription
from duly.desk.errors import Invalid
from duly.desk.people.organisation import Organisation


@transaction.atomic
def subscribe(
    *,
    actor: Actor,
    organisation_id: int,
    version_id: int,
    held: Held,
    from_on: date,
    at: datetime,
    to_on: date | None = None,
) -> Subscription:
    """Begin a subscription with its first binding. The organisation's own calendar is filled in.

    Raises:
        NotFound: the actor may not, or there is no such organisation or version.
        Invalid: the plan is unknown, or something that the plan needs was not given.
    """
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    version = PolicyVersion.objects.filter(pk=version_id).first()
    require(may_manage_agreements(actor) and organisation is not None and version is not None)
    assert organisation is not None
    assert version is not None
    if to_on is not None and to_on < from_on:
        raise Invalid(_("It would end before it begins."), field="to_on")
    subscription = Subscription.objects.create(
        organisation=organisation,
        policy_id=version.policy_id,
        from_on=from_on,
        to_on=to_on,
        created_at=at,
    )
    making = Making(at=at, person_id=actor.person_id, why="subscribed")
    begin(subscription, Agreed(version, held), making)
    move_open_tickets(subscription, actor=actor, at=at)
    audit("subscribed", actor=actor, at=at, subject=subscription, version=version.pk)
    return subscription
