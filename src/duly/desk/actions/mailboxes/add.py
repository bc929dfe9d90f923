"""Add a mailbox."""

from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.actions.mailboxes._settings import put, put_oauth, save
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.oauth import OAuthSettings
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
    oauth: OAuthSettings | None = None,
    takes_old: bool = False,
) -> Mailbox:
    """Add a mailbox; its password is sealed. `validity` and `uid` leave out what is in the folder already.

    With `oauth` the password is the secret of the desk at the provider; what is in the folder when its owner consents
    is left out unless `takes_old`.

    Raises:
        NotFound: the actor may not.
        Invalid: the settings cannot be used; `field` says which.
    """
    require(may_manage_mailboxes(actor))
    mailbox = Mailbox()
    put(mailbox, settings, at)
    mailbox.validity = mailbox.counted_validity = validity
    mailbox.uid = mailbox.counted_uid = uid
    mailbox.secret = seal(password) if password and not oauth else b""
    save(mailbox)
    put_oauth(mailbox, oauth, password, takes_old=takes_old)
    audit("mailbox_added", actor=actor, at=at, subject=mailbox, way=mailbox.kind)
    return mailbox
