"""Note minutes spent on an allowance that counts time."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from duly.core import instant
from duly.core.allowance import Allowance, minutes_used
from duly.core.events import Spent
from duly.core.instant import Instant
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_progress
from duly.desk.actions._record import record
from duly.desk.actions.tickets._take import take
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.errors import Invalid
from duly.desk.tickets.event import Event
from duly.desk.tickets.happening import Happening, core_event, happening
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
    used_up = _used_up(ticket, terms.allowances[on], spent, at)
    record(ticket, happening(spent), *used_up, actor=actor, at=at)
    return ticket


def _used_up(ticket: Ticket, allowance: Allowance, spent: Spent, at: datetime) -> list[Happening]:
    """That nothing is left of the allowance, told once for each ticket or period."""
    shared = (
        {"ticket": ticket}
        if allowance.per is None
        else {"ticket__subscription": ticket.subscription_id}
    )
    before = Event.objects.filter(kind="spent", **shared).values_list("kind", "at", "facts")
    history = [event for row in before if (event := core_event(*row)) is not None]
    since = _began(ticket, allowance)
    stands = minutes_used(allowance, spent.on, [[*history, spent]], spent.at, since=since)
    if stands.limit is None or stands.used < stands.limit:
        return []
    facts = {"allowance": spent.on, "period": stands.period or ""}
    if Event.objects.filter(kind="used_up", facts=facts, **shared).exists():
        return []
    return [Happening(kind="used_up", at=at, facts=facts)]


def _began(ticket: Ticket, allowance: Allowance) -> Instant | None:
    """When the subscription began, from which on something can be carried over."""
    if ticket.subscription is None or allowance.carry_over is None:
        return None
    midnight = datetime.combine(ticket.subscription.from_on, time(), ZoneInfo(allowance.zone))
    return instant.from_datetime(midnight)
