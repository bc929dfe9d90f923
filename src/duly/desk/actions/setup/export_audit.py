"""Take the audit out of the desk, which the audit notes in turn."""

from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.access.audit import may_see_audit
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.setup.desk import the_settings


@transaction.atomic
def export_audit(*, actor: Actor, at: datetime) -> None:
    """Note that the audit leaves as a file.

    Raises:
        NotFound: the actor may not read it.
    """
    require(may_see_audit(actor))
    audit("audit_exported", actor=actor, at=at, subject=the_settings())
