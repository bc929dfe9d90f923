"""Set or change the priority of a ticket, and restate facts that its targets ask for."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.events import Facts, Prioritised
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_prioritise, side_of
from duly.desk.actions._record import record
from duly.desk.actions.tickets._intake import must_know_priority
from duly.desk.actions.tickets._take import must_not_be_over, take
from duly.desk.tickets.happening import happening
from duly.desk.tickets.ticket import Ticket

_NOTHING_STATED = Facts()


@transaction.atomic
def prioritise(
    *,
    actor: Actor,
    ticket_id: int,
    priority: str,
    at: datetime,
    reason: str | None = None,
    facts: Facts = _NOTHING_STATED,
) -> Ticket:
    """Set the priority. `reason` is a short code, not prose; the same again with no new fact records nothing.

    Raises:
        NotFound, NotAllowed: the actor may not.
        NotPossible: the ticket is closed.
        Invalid: the terms of the ticket do not know that priority.
    """
    ticket = take(ticket_id, actor, may_prioritise, to=_("set the priority of this ticket"))
    must_not_be_over(ticket)
    must_know_priority(ticket.binding_id, priority)
    if ticket.priority == priority and facts == _NOTHING_STATED:
        return ticket
    prioritised = Prioritised(
        at=instant.from_datetime(at),
        priority=priority,
        by=side_of(actor, ticket),
        reason=reason,
        facts=facts,
    )
    record(ticket, happening(prioritised), actor=actor, at=at)
    return ticket
