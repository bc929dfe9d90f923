"""Choose what the policy lets the customer choose, such as the support window."""

from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.actions.agreements._change import change_terms, holding, take
from duly.desk.agreements.binding import agreed_at
from duly.desk.agreements.subscription import Subscription
from duly.desk.errors import Invalid


@transaction.atomic
def choose(
    *,
    actor: Actor,
    subscription_id: int,
    choice: str,
    picked: str,
    at: datetime,
    from_at: datetime | None = None,
) -> Subscription:
    """Pick one of what a choice of the policy offers, from an instant on.

    Raises:
        NotFound: the actor may not, or there is no such subscription.
        NotPossible: open tickets have priorities that would mean nothing.
        Invalid: the policy has no such choice, or does not offer that.
    """
    row = take(subscription_id, actor)
    offers = agreed_at(row, max(at, from_at or at)).version.document.get("choices", {})
    offered = offers.get(choice, {}).get("of", ())
    if picked not in offered:
        known = ", ".join(offered or offers) or "the policy offers no choice"
        raise Invalid(f"{choice}: {picked!r} is not on offer; known: {known}.", field="choice")
    edit = holding("choices", lambda held: {**held, choice: picked}, empty={})
    change_terms(row, edit, why="choice", actor=actor, at=at, from_at=from_at or at)
    audit("choice_made", actor=actor, at=at, subject=row, choice=choice, picked=picked)
    return row
