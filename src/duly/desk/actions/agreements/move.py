"""Change what a subscriber holds: another version, plan or amendment from a day on, open tickets included."""

from datetime import date, datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.access.agreements import may_manage_agreements
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.actions.agreements.come_into_force import come_into_force
from duly.desk.actions.agreements.subscribe import filled
from duly.desk.agreements.binding import Held, Making, make_bindings
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.subscription import Subscription
from duly.desk.errors import Invalid


@transaction.atomic
def move(
    *,
    actor: Actor,
    subscription_id: int,
    version_id: int,
    held: Held,
    from_on: date,
    at: datetime,
) -> Subscription:
    """Let other terms of the same policy hold from a day on; amendments are part of what is `held`.

    What was bound before stays as it was. Tickets that are open move at once if the day has come, else on that day.

    Raises:
        NotFound: the actor may not, or there is no such subscription or version.
        Invalid: the version is of another policy, or the terms cannot be bound.
    """
    rows = Subscription.objects.select_for_update(of=("self",)).select_related("organisation")
    row = rows.filter(pk=subscription_id).first()
    version = PolicyVersion.objects.filter(pk=version_id).first()
    require(may_manage_agreements(actor) and row is not None and version is not None)
    assert row is not None
    assert version is not None
    if version.policy_id != row.policy_id:
        raise Invalid(
            "That is a version of another policy: begin a subscription to it.", field="version"
        )
    making = Making(at=at, person_id=actor.person_id)
    make_bindings(row, version, filled(held, row.organisation), since=from_on, making=making)
    audit("subscription_moved", actor=actor, at=at, subject=row, version=version.pk)
    come_into_force(actor=actor, at=at, subscription_id=row.pk)
    return row
