"""Move a subscriber to another plan or another version of the policy, open tickets included."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.actions.agreements._change import change_terms, take
from duly.desk.agreements.binding import Agreed
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.subscription import Subscription
from duly.desk.errors import Invalid


@transaction.atomic
def move(
    *,
    actor: Actor,
    subscription_id: int,
    at: datetime,
    version_id: int | None = None,
    plan: str | None = None,
    from_at: datetime | None = None,
) -> Subscription:
    """Let another plan or version hold from an instant on, by default from now; the rest of what is held stays.

    It replaces a move that was planned for later. Open tickets move at once, or at that instant.

    Raises:
        NotFound: the actor may not, or there is no such subscription or version.
        NotPossible: open tickets have priorities that would mean nothing.
        Invalid: the version is of another policy, or what is held does not fit the plan.
    """
    row = take(subscription_id, actor)
    version = None if version_id is None else PolicyVersion.objects.filter(pk=version_id).first()
    require(version is not None or version_id is None)
    if version is None and plan is None:
        raise Invalid(_("Name the plan or the version to move to."), field="plan")
    if version is not None and version.policy_id != row.policy_id:
        raise Invalid(
            _("That is a version of another policy: begin a subscription to it."), field="version"
        )

    def edit(agreed: Agreed) -> Agreed:
        held = agreed.held if plan is None else {**agreed.held, "plan": plan}
        return Agreed(version or agreed.version, held)

    change_terms(row, edit, why="moved", actor=actor, at=at, from_at=from_at or at)
    audit("subscription_moved", actor=actor, at=at, subject=row, version=version_id, plan=plan)
    return row
