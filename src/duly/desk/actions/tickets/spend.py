"""Note minutes spent on an allowance that counts time."""

from datetime import datetime

from django.db import transaction

from duly.core import instant
from duly.core.events import Spent
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_progress
from duly.desk.actions._record import record
from duly.desk.actions.tickets._take import take
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.errors import Invalid
from duly.desk.tickets.happening import happening
from duly.desk.tickets.ticket import Ticket

MOST_MINUTES = 24 * 60


@transaction.atomic
def spend(
    *, actor: Actor, ticket_id: int, minutes: int, at: datetime, on: str = "guidance"
) -> Ticket:
    """Note up to a day's minutes at once, on a closed ticket too.

    Raises:
        NotFound, NotAllowed: the actor may not.
        Invalid: the minutes are none or too many, or the terms have no such allowance.
    """
    ticket = take(ticket_id, actor, may_progress, to="note time on")
    if not 1 <= minutes <= MOST_MINUTES:
        raise Invalid(
            f"{minutes} is no number of minutes between 1 and {MOST_MINUTES}.", field="minutes"
        )
    terms = terms_of_binding(ticket.binding_id)
    if terms is None or on not in terms.allowances:
        raise Invalid(f"The agreement of this ticket has no allowance {on!r}.", field="on")
    spent = Spent(at=instant.from_datetime(at), minutes=minutes, on=on)
    record(ticket, happening(spent), actor=actor, at=at)
    return ticket
