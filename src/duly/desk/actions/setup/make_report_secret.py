"""Make the secret that stands in the address to which the provider of outgoing mail reports."""

import secrets
from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.actions.setup._the_one import the_one
from duly.desk.mailroom.outgoing import OutgoingServer
from duly.desk.setup.sealing import seal


@transaction.atomic
def make_report_secret(*, actor: Actor, at: datetime) -> str:
    """Make a new secret; reports that bear the one before are refused from now on.

    Raises:
        NotFound: the actor may not.
    """
    require(may_manage_mailboxes(actor))
    row = the_one(OutgoingServer)
    secret = secrets.token_urlsafe(32)
    row.report_secret = seal(secret)
    row.save()
    audit("report_address_made", actor=actor, at=at, subject=row)
    return secret
