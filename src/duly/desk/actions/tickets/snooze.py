"""Put a ticket aside until an instant; promises run on, and the customer's words bring it back at once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.core import instant
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_progress
from duly.desk.actions._record import record
from duly.desk.actions.tickets._take import must_be_unfinished, take
from duly.desk.errors import Invalid
from duly.desk.tickets.happening import Happening
from duly.desk.tickets.ticket import Ticket


@transaction.atomic
def snooze(*, actor: Actor, ticket_id: int, until: datetime | None, at: datetime) -> Ticket:
    """Put a ticket aside, or with None bring it back.

    Raises:
        NotFound, NotAllowed: the actor may not.
        NotPossible: the ticket is resolved or closed.
        Invalid: the instant is not ahead.
    """
    ticket = take(ticket_id, actor, may_progress, to=_("put aside this ticket"))
    must_be_unfinished(ticket)
    if until is not None and until <= max(at, ticket.last_event_at):
        raise Invalid(_("Choose an hour that is still ahead."), field="until")
    if until is None and ticket.snoozed_until is not None:
        record(ticket, Happening(kind="unsnoozed", at=at), actor=actor, at=at)
    elif until is not None:
        facts = {"until": instant.text(instant.from_datetime(until))}
        record(ticket, Happening(kind="snoozed", at=at, facts=facts), actor=actor, at=at)
    return ticket
