"""Say whose word on senders is believed."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.errors import Invalid
from duly.desk.mailroom.mailbox import Mailbox

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,250}[a-z0-9])?\Z")


@transaction.atomic
def believe(*, actor: Actor, mailbox_id: int, server: str, at: datetime) -> None:
    """Name the server whose Authentication-Results count for a mailbox; an empty name believes nobody.

    Raises:
        NotFound: the actor may not, or there is no such mailbox.
        Invalid: that is no server's name.
    """
    require(may_manage_mailboxes(actor))
    mailbox = Mailbox.objects.select_for_update(of=("self",)).filter(pk=mailbox_id).first()
    require(mailbox is not None)
    assert mailbox is not None
    name = server.strip().lower()
    if name and not _NAME.match(name):
        raise Invalid(_("That is no server's name."), field="verdict_server")
    mailbox.verdict_server = name
    mailbox.save(update_fields=["verdict_server"])
    audit("mailbox_believes", actor=actor, at=at, subject=mailbox, server=name)
