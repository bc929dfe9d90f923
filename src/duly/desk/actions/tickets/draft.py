"""Keep what somebody has begun to write, and drop it once it was sent."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.require import require
from duly.desk.access.tickets import may_note, may_reply, may_see
from duly.desk.errors import NotFound
from duly.desk.tickets.draft import Draft, DraftOf
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.words import body

_MAY = {DraftOf.REPLY: may_reply, DraftOf.NOTE: may_note}


@transaction.atomic
def save_draft(*, actor: Actor, ticket_id: int, of: DraftOf, text: str, at: datetime) -> None:
    """Save an unfinished text in place of the one before; nothing but white space drops it.

    A draft is the writer's own: it is no event, and the ticket is not locked for it.

    Raises:
        NotFound, NotAllowed: the actor may not write that here.
        Invalid: it is too long.
    """
    ticket = Ticket.objects.filter(pk=ticket_id).first()
    if ticket is None or actor.person_id is None:
        raise NotFound
    require(_MAY[of](actor, ticket), sees=may_see(actor, ticket), to=_("write on this ticket"))
    if not text.strip():
        drop_draft(actor, ticket_id, of)
        return
    keep_draft(actor.person_id, ticket_id, of, body(text), at)


def keep_draft(person_id: int, ticket_id: int, of: DraftOf, text: str, at: datetime) -> None:
    """Write the row of a draft, in place of the one before."""
    Draft.objects.update_or_create(
        ticket_id=ticket_id,
        person_id=person_id,
        of=of.value,
        defaults={"text": text, "saved_at": at},
    )


def drop_draft(actor: Actor, ticket_id: int, of: DraftOf) -> None:
    """Forget a draft, because it was sent or emptied."""
    Draft.objects.filter(ticket=ticket_id, person=actor.person_id, of=of.value).delete()
