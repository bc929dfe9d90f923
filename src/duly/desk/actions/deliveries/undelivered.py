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
def undelivered(
    *, delivery_id: int, because: str, at: datetime, complains: bool = False
) -> Ticket | None:
    """Write it down once, however often it is said; give the ticket that the letter was about.

    Who `complains` was reached and does not want such letters. A summary is about many tickets and an alarm about none:
    then the address alone is marked.
    """
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    first = delivery.notices.select_related("event__ticket").first()
    ticket = first.event.ticket if first else None
    if delivery.state == DeliveryState.FAILED or (complains and delivery.result):
        return ticket
    kind = "complained" if complains else "undelivered"
    if not complains:
        delivery.state, delivery.next_attempt_at = DeliveryState.FAILED.value, None
    delivery.result = (because or kind)[:500]
    delivery.save(update_fields=["state", "next_attempt_at", "result"])
    Person.objects.filter(pk=delivery.person_id).update(
        unreached_at=at, unreached_because=delivery.result[:300]
    )
    if ticket is not None and not delivery.is_summary:
        whoever = Actor(person_id=delivery.person_id, via="mail")
        record(locked(ticket.pk), Happening(kind=kind, at=at), actor=whoever, at=at)
    return ticket


def reported(*, message_id: str, because: str, complains: bool, at: datetime) -> None:
    """A provider says of one of our letters that it came back, or is not wanted; others are not ours."""
    ours = Delivery.objects.filter(message_id=message_id.strip("<>").partition("@")[0])
    for delivery_id in ours.values_list("pk", flat=True):
        undelivered(delivery_id=delivery_id, because=because, complains=complains, at=at)
