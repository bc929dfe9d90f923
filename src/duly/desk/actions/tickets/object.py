"""Object to an exclusion: the customer's right of reply."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_object
from duly.desk.actions._record import record
from duly.desk.actions.tickets._take import must_not_be_merged, take
from duly.desk.errors import NotPossible
from duly.desk.tickets.exclusion import objection
from duly.desk.tickets.happening import Happening
from duly.desk.tickets.message import Message
from duly.desk.tickets.words import body


@transaction.atomic
def object_to_exclusion(
    *, actor: Actor, ticket_id: int, text: str, at: datetime, key: str | None = None
) -> Message:
    """Say why the clause does not apply; whoever answers for the ticket is told, and its leads are.

    It can be said on a closed ticket too, so that nobody closes the mouth of the customer with the ticket. The same
    `key` from the same author gives the message that was written first.

    Raises:
        NotFound, NotAllowed: the actor is not on the customer's side of the ticket.
        NotPossible: it is not excluded, somebody objected already, or it went on in another.
        Invalid: the text is empty or too long.
    """
    ticket = take(ticket_id, actor, may_object, to=_("object on this ticket"))
    if key is not None:
        written = Message.objects.filter(author=actor.speaker_id, key=key).first()
        if written is not None:
            return written
    must_not_be_merged(ticket)
    if not ticket.excluded_by:
        raise NotPossible(_("Ticket %(ticket)s is not excluded.") % {"ticket": ticket})
    if objection(ticket) is not None:
        raise NotPossible(
            _("Somebody objected already; it stands above. What else you have to say is a message.")
        )
    message = Message.objects.create(
        ticket=ticket,
        author_id=actor.speaker_id,
        is_from_agent=False,
        text=body(text),
        written_at=at.replace(microsecond=0),  # the words stand before the event that names them
        key=key,
    )
    facts = {"cause": ticket.excluded_by, "message": message.pk}
    record(ticket, Happening(kind="objected", at=at, facts=facts), actor=actor, at=at)
    return message
