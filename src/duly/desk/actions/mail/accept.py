"""Accept a held mail as the answer that it claims to be."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.require import require
from duly.desk.access.tickets import may_see
from duly.desk.actions._audit import audit
from duly.desk.actions.mail._deliver import as_reply
from duly.desk.actions.mail._held import decide, reading_of, take_held
from duly.desk.actions.mail.sort import reply_address_of
from duly.desk.errors import NotPossible
from duly.desk.mailroom.raw_mail import Outcome, RawMail


@transaction.atomic
def accept(*, actor: Actor, mail_id: int, at: datetime) -> RawMail:
    """Add a held mail to its ticket in the name of the person whose reply address it came to.

    Raises:
        NotFound: the actor may not, or does not see the ticket.
        NotPossible: it was decided before, or it came to no reply address in use.
    """
    mail = take_held(mail_id, actor)
    incoming = reading_of(mail)
    address = reply_address_of(incoming)
    if address is None or address.revoked_at is not None:
        raise NotPossible(_("It answers no ticket that we can prove. Open a new ticket from it."))
    require(may_see(actor, address.ticket))
    as_reply(mail, incoming, address.person, address.ticket_id, internal=address.is_internal, at=at)
    decide(mail, Outcome.REPLY, actor, at)
    audit("mail_accepted", actor=actor, at=at, subject=mail, ticket=address.ticket_id)
    return mail
