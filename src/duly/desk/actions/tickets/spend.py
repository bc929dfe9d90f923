"""Note minutes spent on an allowance that counts time."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.events import Spent
from duly.core.terms import Terms
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_progress
from duly.desk.actions._record import record
from duly.desk.actions.tickets._take import take
from duly.desk.agreements.subscription import Subscription
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.errors import Invalid
from duly.desk.tickets.allowances import minutes_used
from duly.desk.tickets.event import Event
from duly.desk.tickets.happening import Happening, happening
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
    _one_after_another(ticket_id)
    ticket = take(ticket_id, actor, may_progress, to=_("note time on this ticket"))
    if not 1 <= minutes <= MOST_MINUTES:
        raise Invalid(
            _("%(minutes)s is no number of minutes between 1 and %(most)s.")
            % {"minutes": minutes, "most": MOST_MINUTES},
            field="minutes",
        )
    terms = terms_of_binding(ticket.binding_id)
    if terms is None or on not in terms.allowances:
        raise Invalid(
            _("The agreement of this ticket has no allowance “%(on)s”.") % {"on": on}, field="on"
        )
    spent = Spent(at=instant.from_datetime(at), minutes=minutes, on=on)
    used_up = _used_up(ticket, terms, spent, at)
    record(ticket, happening(spent), *used_up, actor=actor, at=at)
    return ticket


def _one_after_another(ticket_id: int) -> None:
    """Lock the subscription, whose tickets may share the minutes; before the ticket, as all who need both do."""
    rows = Subscription.objects.select_for_update(of=("self",), no_key=True)
    rows.filter(tickets=ticket_id).first()


def _used_up(ticket: Ticket, terms: Terms, spent: Spent, at: datetime) -> list[Happening]:
    """That nothing is left of the allowance, recorded once for each ticket or period."""
    stands = minutes_used(ticket, terms, at).get(spent.on)
    if stands is None or stands.limit is None or stands.used + spent.minutes < stands.limit:
        return []
    facts = {"allowance": spent.on, "period": stands.period or ""}
    told = Event.objects.filter(kind="used_up", facts=facts)
    shared = (
        Q(ticket=ticket)
        if stands.period is None
        else Q(ticket__subscription=ticket.subscription_id)
    )
    return [] if told.filter(shared).exists() else [Happening(kind="used_up", at=at, facts=facts)]
