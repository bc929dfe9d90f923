"""Amend a subscription by contract: from a date on, the value at a path of its plan is another."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.actions.agreements._change import change_terms, holding, take
from duly.desk.agreements.binding import AMENDED, agreed_at, midnight, zone_of_plan
from duly.desk.agreements.subscription import Subscription
from duly.desk.errors import Invalid


@transaction.atomic
def amend(
    *,
    actor: Actor,
    subscription_id: int,
    path: str,
    value: Any,
    reason: str,
    from_on: date,
    at: datetime,
) -> Subscription:
    """Amend from a date on, in the words of the policy language: ``targets.first_response.1`` becomes ``1 hour``.

    It holds from midnight where the plan's hours are. A date that has passed means from now: the past is not changed.

    Raises:
        NotFound: the actor may not, or there is no such subscription.
        NotPossible: open tickets have priorities that would mean nothing.
        Invalid: the path leads nowhere, the value cannot stand there, or no reason is given.
    """
    row = take(subscription_id, actor)
    if not reason.strip():
        raise Invalid(_("Say why, for example which contract it is."), field="reason")
    amendment = {
        "from": from_on.isoformat(),
        "path": path,
        "value": value,
        "reason": reason.strip(),
    }
    edit = holding("amendments", lambda held: [*held, amendment], empty=())
    from_at = midnight(from_on, zone_of_plan(row, agreed_at(row, at)))
    change_terms(row, edit, why=AMENDED, actor=actor, at=at, from_at=from_at)
    audit("subscription_amended", actor=actor, at=at, subject=row, path=path, since=str(from_on))
    return row
