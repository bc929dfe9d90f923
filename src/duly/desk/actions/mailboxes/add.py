"""Add a mailbox."""

from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.actions.mailboxes._settings import put
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.settings import MailboxSettings
from duly.desk.setup.sealing import seal


@transaction.atomic
def add_mailbox(
    *,
    actor: Actor,
    settings: MailboxSettings,
    at: datetime,
    password: str = "",
    validity: int = 0,
    uid: int = 0,
) -> Mailbox:
    """Add a mailbox; its password is sealed. `validity` and `uid` leave out what is in the folder already.

    Raises:
        NotFound: the actor may not.
        Invalid: the settings cannot be used; `field` says which.
    """
    require(may_manage_mailboxes(actor))
    mailbox = Mailbox()
    put(mailbox, settings, at)
    mailbox.validity = mailbox.counted_validity = validity
    mailbox.uid = mailbox.counted_uid = uid
    mailbox.secret = seal(password) if password else b""
    mailbox.save()
    audit("mailbox_added", actor=actor, at=at, subject=mailbox, way=mailbox.kind)
    return mailbox
