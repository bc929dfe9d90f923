"""Buy an add-on for a subscription, change how many units of it, and give it up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.actions.agreements._change import change_terms, holding, take
from duly.desk.agreements.binding import agreed_at
from duly.desk.agreements.subscription import Subscription
from duly.desk.errors import Invalid


@transaction.atomic
def add_addon(
    *,
    actor: Actor,
    subscription_id: int,
    addon: str,
    at: datetime,
    units: int = 1,
    from_at: datetime | None = None,
) -> Subscription:
    """Add an add-on of the policy from an instant on; one that is held gets that many units.

    Raises:
        NotFound: the actor may not, or there is no such subscription.
        NotPossible: open tickets have priorities that would mean nothing.
        Invalid: the policy has no such add-on, it is not for this plan, or the units are none.
    """
    row = take(subscription_id, actor)
    if units < 1:
        raise Invalid(_("Buy at least one unit, or drop the add-on."), field="units")
    edit = holding(
        "addons", lambda held: [*_without(held, addon), {"addon": addon, "units": units}], empty=()
    )
    change_terms(row, edit, why="add-on", actor=actor, at=at, from_at=from_at or at)
    audit("addon_added", actor=actor, at=at, subject=row, addon=addon, units=units)
    return row


@transaction.atomic
def drop_addon(
    *,
    actor: Actor,
    subscription_id: int,
    addon: str,
    at: datetime,
    from_at: datetime | None = None,
) -> Subscription:
    """Give an add-on up from an instant on.

    Raises:
        NotFound: the actor may not, or there is no such subscription.
        NotPossible: open tickets have priorities that would mean nothing.
        Invalid: it is not held then.
    """
    row = take(subscription_id, actor)
    held = agreed_at(row, max(at, from_at or at)).held.get("addons", ())
    if len(_without(held, addon)) == len(held):
        raise Invalid(_("The add-on “%(addon)s” is not held.") % {"addon": addon}, field="addon")
    edit = holding("addons", lambda held: _without(held, addon), empty=())
    change_terms(row, edit, why="add-on", actor=actor, at=at, from_at=from_at or at)
    audit("addon_dropped", actor=actor, at=at, subject=row, addon=addon)
    return row


def _without(held: Sequence[Any], addon: str) -> list[Any]:
    """An add-on is held by its name, or with units."""
    return [each for each in held if addon not in (each, isinstance(each, dict) and each["addon"])]
