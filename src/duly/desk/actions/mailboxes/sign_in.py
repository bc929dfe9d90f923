"""Keep the tokens that a mailbox's owner has just got from the provider."""

from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.actions.mail.renew import put_tokens
from duly.desk.mailroom.oauth import OAuthGrant, Tokens


@transaction.atomic
def sign_in_mailbox(
    *, actor: Actor, mailbox_id: int, tokens: Tokens, validity: int, uid: int, at: datetime
) -> None:
    """Keep the tokens. The first time, what is in the folder is left out up to `uid`, unless it is wanted.

    Raises:
        NotFound: the actor may not, or there is no such mailbox, or it is not signed in to that way.
    """
    require(may_manage_mailboxes(actor))
    rows = OAuthGrant.objects.select_for_update(of=("self",)).select_related("mailbox")
    grant = rows.filter(mailbox=mailbox_id).first()
    require(grant is not None)
    assert grant is not None
    mailbox = grant.mailbox
    if grant.granted_at is None and not grant.takes_old:
        mailbox.validity = mailbox.counted_validity = validity
        mailbox.uid = mailbox.counted_uid = uid
    mailbox.trouble = ""
    mailbox.save()
    put_tokens(grant, tokens)
    grant.granted_at = at
    grant.save()
    audit("mailbox_signed_in", actor=actor, at=at, subject=mailbox, provider=grant.provider)
