"""A letter did not reach its reader, for good: its ticket says so, the address is marked, and nobody is written to."""

from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.actions._record import locked, record
from duly.desk.mailroom.delivery import Delivery, DeliveryState
from duly.desk.people.person import Person
from duly.desk.tickets.happening import Happening
from duly.desk.tickets.ticket import Ticket


@transaction.atomic
def undelivered(*, delivery_id: int, because: str, at: datetime) -> Ticket | None:
    """Write it down once, however often it is said; give the ticket that the letter was about.

    A summary is about many tickets and an alarm about none: then the address alone is marked.
    """
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    first = delivery.notices.select_related("event__ticket").first()
    ticket = first.event.ticket if first else None
    if delivery.state == DeliveryState.FAILED:
        return ticket
    delivery.state = DeliveryState.FAILED.value
    delivery.next_attempt_at, delivery.result = None, because[:500]
    delivery.save(update_fields=["state", "next_attempt_at", "result"])
    Person.objects.filter(pk=delivery.person_id).update(
        unreached_at=at, unreached_because=because[:300]
    )
    if ticket is not None and not delivery.is_summary:
        whoever = Actor(person_id=delivery.person_id, via="mail")
        record(locked(ticket.pk), Happening(kind="undelivered", at=at), actor=whoever, at=at)
    return ticket
