"""Make the secret that stands in the address to which a provider posts mail."""

import secrets
from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.setup.sealing import seal


@transaction.atomic
def make_post_secret(*, actor: Actor, mailbox_id: int, at: datetime) -> str:
    """Make a new secret; posts that bear the one before are refused from now on.

    Raises:
        NotFound: the actor may not, or there is no such mailbox.
    """
    require(may_manage_mailboxes(actor))
    mailbox = Mailbox.objects.select_for_update(of=("self",)).filter(pk=mailbox_id).first()
    require(mailbox is not None)
    assert mailbox is not None
    secret = secrets.token_urlsafe(32)
    mailbox.post_secret = seal(secret)
    mailbox.save(update_fields=["post_secret"])
    audit("mailbox_address_made", actor=actor, at=at, subject=mailbox)
    return secret
