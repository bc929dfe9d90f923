"""Open a ticket from a held mail."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.actions.mail._deliver import as_ticket
from duly.desk.actions.mail._held import decide, reading_of, take_held
from duly.desk.errors import NotPossible
from duly.desk.mailroom.raw_mail import Outcome, RawMail


@transaction.atomic
def open_from(
    *,
    actor: Actor,
    mail_id: int,
    at: datetime,
    organisation_id: int | None = None,
    subscription_id: int | None = None,
) -> RawMail:
    """Open a ticket for the sender of a held mail.

    Its promises count from now: until somebody vouched for the sender nothing was promised to them.

    Raises:
        NotFound: the actor may not.
        NotPossible: it was decided before, or has no sender to answer to.
        Invalid: the organisation or subscription must be chosen.
    """
    mail = take_held(mail_id, actor)
    incoming = reading_of(mail)
    if not incoming.sender:
        raise NotPossible(_("It has no sender to answer to. Refuse it, or open a ticket by hand."))
    as_ticket(
        mail,
        incoming,
        organisation_id=organisation_id,
        subscription_id=subscription_id,
        at=at,
    )
    decide(mail, Outcome.TICKET, actor, at)
    audit("mail_opened", actor=actor, at=at, subject=mail, ticket=mail.ticket_id)
    return mail
