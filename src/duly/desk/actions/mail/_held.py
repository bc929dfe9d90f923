"""How a reviewer takes hold of a held mail."""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.mail import mails_visible_to, may_review
from duly.desk.access.require import require
from duly.desk.errors import NotPossible
from duly.desk.mailroom.incoming import Incoming
from duly.desk.mailroom.raw_mail import Outcome, RawMail
from duly.desk.mailroom.reading import Reading, read_again


def take_held(mail_id: int, actor: Actor) -> RawMail:
    """Lock a mail that waits for a decision.

    Raises:
        NotFound: there is none, or the actor may not see it.
        NotPossible: somebody decided before.
    """
    require(may_review(actor))
    seen = mails_visible_to(actor).select_related("mailbox", "reading").filter(pk=mail_id)
    mail = seen.select_for_update(of=("self",)).first()
    require(mail is not None)
    assert mail is not None
    if mail.outcome != Outcome.HELD:
        raise NotPossible(_("Somebody decided about this mail already. Nothing was changed."))
    return mail


def reading_of(mail: RawMail) -> Incoming:
    """What was read in it when it was held.

    Raises:
        NotPossible: it could not be read then.
    """
    try:
        reading: Reading = mail.reading
    except Reading.DoesNotExist as missing:
        raise NotPossible(
            _("It could not be read. Let it be sorted again, or mark it as spam.")
        ) from missing
    return read_again(reading)


_DECIDE = """
WITH read AS (DELETE FROM desk_reading WHERE mail_id = %s)
UPDATE desk_rawmail
   SET ticket_id = %s, message_id = %s, note_id = %s, outcome = %s, reason = %s, decided_at = %s, decided_by_id = %s
 WHERE id = %s
"""
"""It never writes the raw mail, which may be large, once more."""


def decide(mail: RawMail, outcome: Outcome, actor: Actor, at: datetime, reason: str = "") -> None:
    """Write the outcome that a person chose; what was read is on the ticket now, or can be read again."""
    mail.outcome, mail.reason = outcome.value, reason
    mail.decided_at, mail.decided_by_id = at, actor.person_id
    words = (mail.ticket_id, mail.message_id, mail.note_id)
    with connection.cursor() as cursor:
        cursor.execute(
            _DECIDE, (mail.pk, *words, outcome.value, reason, at, actor.person_id, mail.pk)
        )
