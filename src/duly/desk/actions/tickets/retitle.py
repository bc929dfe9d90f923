"""Change the subject of a ticket. The history says that it changed, not what it was."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_progress
from duly.desk.actions._record import record
from duly.desk.actions.tickets._take import take
from duly.desk.tickets.happening import Happening
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.words import subject_line


@transaction.atomic
def retitle(*, actor: Actor, ticket_id: int, subject: str, at: datetime) -> Ticket:
    """Give a ticket another subject; the same again records nothing.

    Raises:
        NotFound, NotAllowed: the actor may not.
        Invalid: the subject is empty or too long.
    """
    ticket = take(ticket_id, actor, may_progress, to=_("change the subject of this ticket"))
    subject = subject_line(subject)
    if subject != ticket.subject:
        ticket.subject = subject
        ticket.save(update_fields=["subject"])
        record(ticket, Happening(kind="retitled", at=at), actor=actor, at=at)
    return ticket
