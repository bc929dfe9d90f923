"""Let a mail be sorted again: after a setting was put right, or when a refusal or a blocking is taken back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.mail import mails_visible_to, may_review
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.errors import NotPossible
from duly.desk.mailroom.raw_mail import Outcome, RawMail
from duly.desk.mailroom.reading import Reading
from duly.desk.mailroom.sender import BlockedSender
from duly.desk.mailroom.sorting import TAKEN_BACK, Reason
from duly.desk.people.person import address


@transaction.atomic
def sort_again(*, actor: Actor, mail_id: int, at: datetime) -> RawMail:
    """Take a mail's outcome back, so that it is read and sorted anew; whoever was blocked with it is no longer.

    Raises:
        NotFound: the actor may not, or there is no such mail.
        NotPossible: it became a ticket or a reply, or would be refused again.
    """
    require(may_review(actor))
    seen = mails_visible_to(actor).filter(pk=mail_id)
    mail = seen.select_for_update(of=("self",)).first()
    require(mail is not None)
    assert mail is not None
    if mail.outcome != Outcome.HELD and mail.reason not in TAKEN_BACK:
        raise NotPossible(_("What became of this mail cannot be taken back. Nothing was changed."))
    if mail.reason == Reason.BLOCKED:
        BlockedSender.objects.filter(address=address(mail.sender)).delete()
    Reading.objects.filter(mail=mail).delete()
    mail.outcome, mail.reason, mail.decided_at, mail.decided_by = None, "", None, None
    mail.save(update_fields=["outcome", "reason", "decided_at", "decided_by"])
    audit("mail_sorted_again", actor=actor, at=at, subject=mail)
    return mail
