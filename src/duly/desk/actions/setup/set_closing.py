"""Say how long a resolved ticket waits for more words before it closes by itself."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.require import require
from duly.desk.access.setup import may_set_up
from duly.desk.actions._audit import audit
from duly.desk.errors import Invalid
from duly.desk.setup.desk import Desk

LONGEST_DAYS = 365


@transaction.atomic
def set_closing(*, actor: Actor, after_days: int | None, at: datetime) -> Desk:
    """Set the days, or with None let resolved tickets stay as they are. It holds for what is resolved from now on.

    Raises:
        NotFound: the actor may not.
        Invalid: the days are none or too many.
    """
    require(may_set_up(actor))
    if after_days is not None and not 1 <= after_days <= LONGEST_DAYS:
        raise Invalid(
            _("Choose 1 to %(most)s days, or never.") % {"most": LONGEST_DAYS}, field="after_days"
        )
    row, _is_new = Desk.objects.update_or_create(pk=1, defaults={"close_after_days": after_days})
    audit("closing_set", actor=actor, at=at, subject=row, after_days=after_days)
    return row
