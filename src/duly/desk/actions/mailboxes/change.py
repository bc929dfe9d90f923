"""Change a mailbox, or switch it off and on."""

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
def change_mailbox(
    *,
    actor: Actor,
    mailbox_id: int,
    settings: MailboxSettings,
    at: datetime,
    password: str = "",
    oauth: OAuthSettings | None = None,
) -> Mailbox:
    """Change a mailbox; without a new password the old one stays. With `oauth` it is the desk's secret at the provider.

    Raises:
        NotFound: the actor may not, or there is no such mailbox.
        Invalid: the settings cannot be used; `field` says which.
    """
    require(may_manage_mailboxes(actor))
    mailbox = Mailbox.objects.select_for_update(of=("self",)).filter(pk=mailbox_id).first()
    require(mailbox is not None)
    assert mailbox is not None
    put(mailbox, settings, at)
    if password and not oauth:
        mailbox.secret = seal(password)
    save(mailbox)
    put_oauth(mailbox, oauth, password)
    audit(
        "mailbox_changed",
        actor=actor,
        at=at,
        subject=mailbox,
        is_active=mailbox.is_active,
        new_password=bool(password),
    )
    return mailbox
