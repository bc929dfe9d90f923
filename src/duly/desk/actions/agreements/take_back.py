"""Take back the latest change of a subscription's terms, as long as no ticket counts by it."""

from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.actions.agreements._change import take
from duly.desk.actions.agreements.come_into_force import move_open_tickets
from duly.desk.agreements.binding import TAKEN_BACK, Making, restore
from duly.desk.agreements.subscription import Subscription
from duly.desk.errors import NotPossible
from duly.desk.queries.last_change import last_change


@transaction.atomic
def take_back_change(*, actor: Actor, subscription_id: int, at: datetime) -> Subscription:
    """Let hold again what held before the latest change, from when it would hold, or from now if it does already.

    Its bindings stay in the chain, with those that restore what was on top: nothing that was ever agreed is erased.

    Raises:
        NotFound: the actor may not, or there is no such subscription.
        NotPossible: a ticket counts by it, the subscription began with it, or it is the customer's hours.
    """
    row = take(subscription_id, actor)
    change = last_change(row.pk)
    if change.final:
        raise NotPossible(change.final)
    starts = sorted({max(each.from_at, at) for each in change.made})
    making = Making(at=at, person_id=actor.person_id, why=TAKEN_BACK)
    restore(row, change.before, starts, making)
    move_open_tickets(row, actor=actor, at=at)
    audit("change_taken_back", actor=actor, at=at, subject=row)
    return row
