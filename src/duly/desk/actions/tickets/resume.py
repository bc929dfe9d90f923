"""Take the work up again that waited for somebody."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.events import Resumed
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_progress
from duly.desk.actions._record import record
from duly.desk.actions.tickets._take import must_be_unfinished, take
from duly.desk.tickets.happening import happening
from duly.desk.tickets.ticket import Status, Ticket


@transaction.atomic
def resume(*, actor: Actor, ticket_id: int, at: datetime) -> Ticket:
    """End waiting, whatever it was for; a ticket that does not wait is left as it is.

    Raises:
        NotFound, NotAllowed: the actor may not.
        NotPossible: the ticket is resolved or closed.
    """
    ticket = take(ticket_id, actor, may_progress, to=_("resume this ticket"))
    must_be_unfinished(ticket)
    if ticket.status == Status.WAITING:
        record(ticket, happening(Resumed(at=instant.from_datetime(at))), actor=actor, at=at)
    return ticket
