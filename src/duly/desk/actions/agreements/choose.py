"""Choose what the policy lets the customer choose, such as the support window."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.agreements import may_choose
from duly.desk.actions._audit import audit
from duly.desk.actions.agreements._change import change_terms, holding, take
from duly.desk.agreements.binding import agreed_at, midnight, zone_of_plan
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
    from_on: date | None = None,
) -> Subscription:
    """Pick one of what a choice of the policy offers, from midnight of a date where the plan's hours are, or from now.

    Raises:
        NotFound: the actor may not, or there is no such subscription.
        NotPossible: open tickets have priorities that would mean nothing.
        Invalid: the policy has no such choice, or does not offer that.
    """
    row = take(subscription_id, actor, may_choose)
    from_at = at
    if from_on is not None:
        from_at = max(at, midnight(from_on, zone_of_plan(row, agreed_at(row, at))))
    offers = agreed_at(row, from_at).version.document.get("choices", {})
    offered = offers.get(choice, {}).get("of", ())
    if picked not in offered:
        known = ", ".join(offered or offers)
        raise Invalid(
            _("%(picked)s is not on offer; there is: %(known)s.")
            % {"picked": picked, "known": known or _("no choice at all")},
            field="picked",
        )
    edit = holding("choices", lambda held: {**held, choice: picked}, empty={})
    change_terms(row, edit, why="choice", actor=actor, at=at, from_at=from_at)
    audit("choice_made", actor=actor, at=at, subject=row, choice=choice, picked=picked)
    return row
