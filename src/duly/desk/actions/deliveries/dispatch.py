"""Turn the outbox into deliveries: one for each person and ticket, one summary of what comes late, none at night."""

import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from duly.desk.access.events import may_hear
from duly.desk.actions.deliveries._wishes import not_before
from duly.desk.mailroom.audience import hearers, is_unasked
from duly.desk.mailroom.delivery import Delivery, DeliveryState, Notice
from duly.desk.mailroom.matter import MATTERS
from duly.desk.mailroom.outbox import Outbox
from duly.desk.mailroom.preference import Channel, declined_by
from duly.desk.mailroom.sender import may_write_unasked
from duly.desk.tickets.event import Event
from duly.desk.tickets.kinds import BY_TIME

LATE = timedelta(minutes=5)
"""What time did longer ago than this is told in a summary: the desk stood still meanwhile."""
GATHERING = timedelta(minutes=1)
"""How long a summary waits for more. While one waits, all that time did for its reader joins it."""
DAY = timedelta(days=1)
CONFIRMATIONS_A_DAY = 20
"""How many tickets that mails in a contact's name opened are confirmed to them within a day. A machine that answers
each confirmation with a new mail, and does not say that it is one, is fed no longer than that.
"""

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
    for person_id, event in _to_be_told([row.event for row in taken], at):
        summary: Parcel = (person_id, None)
        joins = event.kind in BY_TIME and (
            _is_late(event, at) or summary in parcels or _gathering(person_id).exists()
        )
        parcel = summary if joins else (person_id, event.ticket_id)
        parcels.setdefault(parcel, []).append(event)
    for parcel, events in parcels.items():
        _deliver(parcel, events, at=at)
    Outbox.objects.filter(pk__in=[row.pk for row in taken]).delete()
    return len(taken)


def _to_be_told(events: Sequence[Event], at: datetime) -> list[tuple[int, Event]]:
    """Who hears of what: those whom it concerns, who may, who did not decline it, and strangers once a day."""
    concerned = [(one, event) for event in events for one in sorted(hearers(event, event.ticket))]
    confirmed: Counter[int] = Counter()
    declined = declined_by({person_id for person_id, _ in concerned}, Channel.MAIL)
    return [
        (person_id, event)
        for person_id, event in concerned
        if (person_id, MATTERS[event.kind]) not in declined
        and may_hear(person_id, event, event.ticket)
        and not _is_one_too_many(person_id, event, at, confirmed)
    ]


def _is_one_too_many(person_id: int, event: Event, at: datetime, confirmed: Counter[int]) -> bool:
    """Strangers get one letter a day; contacts so many confirmations of what came by mail in their name."""
    ticket = event.ticket
    if is_unasked(event, ticket, person_id):
        return not may_write_unasked(ticket.requester.email, at=at)
    confirms = event.kind == "opened" and ticket.channel == "email"
    if not confirms or person_id != ticket.requester_id:
        return False
    confirmed[person_id] += 1
    return _confirmed_before(person_id, at) + confirmed[person_id] > CONFIRMATIONS_A_DAY


def _confirmed_before(person_id: int, at: datetime) -> int:
    notices = Notice.objects.filter(delivery__person=person_id, delivery__made_at__gt=at - DAY)
    opened = notices.filter(event__kind="opened", event__ticket__channel="email")
    return opened.filter(event__ticket__requester=person_id).count()


def _is_late(event: Event, at: datetime) -> bool:
    return at - event.at > LATE


def _deliver(parcel: Parcel, events: Sequence[Event], *, at: datetime) -> None:
    person_id, ticket_id = parcel
    send_at = not_before(person_id, events, at=at)
    if ticket_id is None:
        delivery = _gathering(person_id).select_for_update().first()
        send_at = max(send_at, at + GATHERING)
    else:
        delivery = _held(person_id, ticket_id, at=at)
    if delivery is None:
        delivery = Delivery.objects.create(
            person_id=person_id,
            is_summary=ticket_id is None,
            message_id=secrets.token_hex(16),
            next_attempt_at=send_at,
            made_at=at,
        )
    elif _is_sooner(send_at, delivery) or any(_is_late(event, at) for event in events):
        # What is urgent takes along what was held back; of a stop of the desk more may still come.
        delivery.next_attempt_at = send_at
        delivery.save(update_fields=["next_attempt_at"])
    Notice.objects.bulk_create(
        [Notice(event=event, person_id=person_id, delivery=delivery) for event in events]
    )


def _is_sooner(send_at: datetime, delivery: Delivery) -> bool:
    return delivery.next_attempt_at is not None and send_at < delivery.next_attempt_at


def _held(person_id: int, ticket_id: int, *, at: datetime) -> Delivery | None:
    """The message about a ticket that waits for the end of the person's quiet hours."""
    waiting = Delivery.objects.select_for_update(of=("self",)).filter(
        person=person_id,
        is_summary=False,
        state=DeliveryState.WAITING,
        attempts=0,
        next_attempt_at__gt=at,
    )
    return waiting.filter(
        Exists(Notice.objects.filter(delivery=OuterRef("pk"), event__ticket=ticket_id))
    ).first()


def _gathering(person_id: int) -> QuerySet[Delivery]:
    """The person's summary that nobody has tried to send yet."""
    return Delivery.objects.filter(
        person=person_id, is_summary=True, state=DeliveryState.WAITING, attempts=0
    )
