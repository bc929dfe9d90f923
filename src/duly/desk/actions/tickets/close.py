"""Close a ticket for good."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.events import Closed
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_progress
from duly.desk.actions._record import record
from duly.desk.actions.tickets._take import must_not_be_over, take
from duly.desk.tickets.happening import happening
from duly.desk.tickets.ticket import Ticket


@transaction.atomic
def close(*, actor: Actor, ticket_id: int, at: datetime) -> Ticket:
    """Close a ticket, resolved or not; nothing is written to it afterwards but notes.

    Raises:
        NotFound, NotAllowed: the actor may not.
        NotPossible: it is closed already.
    """
    ticket = take(ticket_id, actor, may_progress, to=_("close this ticket"))
    must_not_be_over(ticket)
    record(ticket, happening(Closed(at=instant.from_datetime(at))), actor=actor, at=at)
    return ticket
