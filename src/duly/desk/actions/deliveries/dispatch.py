"""Turn the outbox into deliveries: one for each person and ticket, one summary of what comes late."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db import transaction
from django.db.models import QuerySet

from duly.desk.access.events import may_hear
from duly.desk.mailroom.audience import hearers
from duly.desk.mailroom.delivery import Delivery, DeliveryState, Notice
from duly.desk.mailroom.outbox import Outbox
from duly.desk.tickets.event import Event
from duly.desk.tickets.kinds import BY_TIME

LATE = timedelta(minutes=5)
"""What time did longer ago than this is told in a summary: the desk stood still meanwhile."""
GATHERING = timedelta(minutes=1)
"""How long a summary waits for more. While one waits, all that time did for its reader joins it."""

Parcel: TypeAlias = tuple[int, int | None]
"""A person and a ticket, or no ticket for the summary: what becomes one delivery."""


@transaction.atomic
def dispatch(*, at: datetime, limit: int = 200) -> int:
    """Make the deliveries of the oldest outbox rows and delete them; give how many rows there were.

    Several dispatchers at once take different rows.
    """
    rows = Outbox.objects.select_for_update(skip_locked=True, of=("self",))
    taken = list(rows.select_related("event__ticket").order_by("pk")[:limit])
    parcels: dict[Parcel, list[Event]] = {}
    for row in taken:
        event = row.event
        for person_id in hearers(event, event.ticket):
            if may_hear(person_id, event, event.ticket):
                summary: Parcel = (person_id, None)
                joins = event.kind in BY_TIME and (
                    _is_late(event, at) or summary in parcels or _gathering(person_id).exists()
                )
                parcel = summary if joins else (person_id, event.ticket_id)
                parcels.setdefault(parcel, []).append(event)
    for (person_id, ticket_id), events in parcels.items():
        _deliver(person_id, events, is_summary=ticket_id is None, at=at)
    Outbox.objects.filter(pk__in=[row.pk for row in taken]).delete()
    return len(taken)


def _is_late(event: Event, at: datetime) -> bool:
    return at - event.at > LATE


def _deliver(person_id: int, events: Sequence[Event], *, is_summary: bool, at: datetime) -> None:
    delivery = _gathering(person_id).select_for_update().first() if is_summary else None
    if delivery is None:
        delivery = Delivery.objects.create(
            person_id=person_id,
            is_summary=is_summary,
            message_id=secrets.token_hex(16),
            next_attempt_at=at + GATHERING if is_summary else at,
            made_at=at,
        )
    elif any(_is_late(event, at) for event in events):  # more of the stop may still come
        delivery.next_attempt_at = at + GATHERING
        delivery.save(update_fields=["next_attempt_at"])
    Notice.objects.bulk_create(
        [Notice(event=event, person_id=person_id, delivery=delivery) for event in events]
    )


def _gathering(person_id: int) -> QuerySet[Delivery]:
    """The person's summary that nobody has tried to send yet."""
    return Delivery.objects.filter(
        person=person_id, is_summary=True, state=DeliveryState.WAITING, attempts=0
    )
