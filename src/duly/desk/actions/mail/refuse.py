"""Refuse a held mail as spam, and its sender for ever if wanted."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.actions.mail._held import decide, take_held
from duly.desk.errors import NotPossible
from duly.desk.mailroom.raw_mail import Outcome, RawMail
from duly.desk.mailroom.sender import BlockedSender
from duly.desk.mailroom.sorting import Reason
from duly.desk.people.person import address


@transaction.atomic
def refuse(*, actor: Actor, mail_id: int, at: datetime, block: bool = False) -> RawMail:
    """Refuse a held mail; its sender is told nothing. `block` refuses all that they send from now on.

    Raises:
        NotFound: the actor may not.
        NotPossible: it was decided before, or has no sender to block.
    """
    mail = take_held(mail_id, actor)
    if block:
        if not mail.sender:
            raise NotPossible(_("It names no sender, so nobody can be blocked. Mark it as spam."))
        BlockedSender.objects.get_or_create(
            address=address(mail.sender),
            defaults={"blocked_by_id": actor.speaker_id, "blocked_at": at},
        )
    decide(mail, Outcome.REFUSED, actor, at, Reason.BLOCKED if block else Reason.SPAM)
    audit("mail_refused", actor=actor, at=at, subject=mail, block=block)
    return mail
