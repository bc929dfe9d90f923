"""End a subscription on a date; what was promised until then stays promised."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.actions.agreements._change import take
from duly.desk.agreements.subscription import Subscription
from duly.desk.errors import Invalid


@transaction.atomic
def end(*, actor: Actor, subscription_id: int, on: date | None, at: datetime) -> Subscription:
    """Let a subscription cover its last new ticket on a date of the organisation, or with None go on without end.

    Tickets that are open then keep their terms to the end.

    Raises:
        NotFound: the actor may not, or there is no such subscription.
        Invalid: the date has passed, or lies before the beginning.
    """
    row = take(subscription_id, actor)
    today = at.astimezone(ZoneInfo(row.organisation.zone)).date()
    if on is not None and on < max(today, row.from_on):
        raise Invalid(
            _("Choose %(day)s or later: the past is not taken back.")
            % {"day": max(today, row.from_on)},
            field="on",
        )
    row.to_on = on
    row.save(update_fields=["to_on"])
    audit("subscription_ended", actor=actor, at=at, subject=row, on=None if on is None else str(on))
    return row
