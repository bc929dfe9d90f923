"""Invoke an escalation level: the right that opens when a promise was missed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.events import Escalated
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_escalate, side_of
from duly.desk.actions._record import record, supposing
from duly.desk.actions.tickets._take import must_be_unfinished, take
from duly.desk.errors import NotPossible
from duly.desk.tickets.event import Event
from duly.desk.tickets.happening import happening
from duly.desk.tickets.ticket import Ticket


@transaction.atomic
def escalate(*, actor: Actor, ticket_id: int, level: int, at: datetime) -> Ticket:
    """Invoke a level that has opened and was not invoked yet.

    Raises:
        NotFound, NotAllowed: the actor may not.
        NotPossible: the ticket is over, or that level is not open now.
    """
    ticket = take(ticket_id, actor, may_escalate, to=_("escalate this ticket"))
    must_be_unfinished(ticket)
    escalated = Escalated(at=instant.from_datetime(at), level=level, by=side_of(actor, ticket))
    before = Event.objects.filter(ticket=ticket, kind="escalated", facts__level=level)
    fold = supposing(ticket, happening(escalated))
    counts = fold is not None and level in {each.level for each in fold.invoked}
    if not counts or before.exists():
        raise NotPossible(
            _("Level %(level)s of the escalation is not open on ticket %(ticket)s now.")
            % {"level": level, "ticket": ticket}
        )
    record(ticket, happening(escalated), actor=actor, at=at)
    return ticket
