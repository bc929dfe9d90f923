"""Resolve a ticket, by the desk or by the customer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_resolve, side_of
from duly.desk.actions._record import record
from duly.desk.actions.tickets._closing import resolving
from duly.desk.actions.tickets._fields import must_be_filled
from duly.desk.actions.tickets._take import must_be_unfinished, take
from duly.desk.tickets.ticket import Ticket


@transaction.atomic
def resolve(*, actor: Actor, ticket_id: int, at: datetime) -> Ticket:
    """Say that the trouble is over. With words for the customer, use ``reply(then="resolve")``.

    Raises:
        NotFound, NotAllowed: the actor may not.
        NotPossible: the ticket is resolved already, or closed, or the desk lacks what its own fields ask for by then.
    """
    ticket = take(ticket_id, actor, may_resolve, to=_("resolve this ticket"))
    must_be_unfinished(ticket)
    by = side_of(actor, ticket)
    if by == "agent":
        must_be_filled(ticket)
    record(ticket, resolving(by, at), actor=actor, at=at)
    return ticket
