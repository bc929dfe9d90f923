"""Take up a resolved ticket again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.events import Reopened
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_reopen, side_of
from duly.desk.actions._record import record
from duly.desk.actions.tickets._take import must_not_be_over, take
from duly.desk.errors import NotPossible
from duly.desk.tickets.happening import happening
from duly.desk.tickets.ticket import Status, Ticket


@transaction.atomic
def reopen(*, actor: Actor, ticket_id: int, at: datetime) -> Ticket:
    """Say that the trouble is not over. With words, a customer's ``reply`` does the same.

    Raises:
        NotFound, NotAllowed: the actor may not.
        NotPossible: the ticket is not resolved, or closed for good.
    """
    ticket = take(ticket_id, actor, may_reopen, to=_("reopen this ticket"))
    must_not_be_over(ticket)
    if ticket.status != Status.RESOLVED:
        raise NotPossible(
            _("Ticket %(ticket)s is not resolved, so there is nothing to reopen.")
            % {"ticket": ticket}
        )
    reopened = Reopened(at=instant.from_datetime(at), by=side_of(actor, ticket))
    record(ticket, happening(reopened), actor=actor, at=at)
    return ticket
