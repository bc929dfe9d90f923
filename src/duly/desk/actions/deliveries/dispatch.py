"""Turn the outbox into deliveries: one for each person and ticket, one summary of what comes late, none at night."""

import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db import transaction
from django.db.models import Count, F, QuerySet

from duly.desk.access.actor import actors_for
from duly.desk.access.events import may_see_event
from duly.desk.actions.deliveries._wishes import not_before
from duly.desk.mailroom.audience import hearers, is_unasked
from duly.desk.mailroom.delivery import Delivery, DeliveryState, Notice
from duly.desk.mailroom.matter import MATTERS
from duly.desk.mailroom.outbox import Outbox
from duly.desk.mailroom.preference import Channel, declined_by, quiet_hours_of
from duly.desk.mailroom.sender import may_write_unasked
from duly.desk.people.person import Person
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
    if not taken:
        return 0
    parcels: dict[Parcel, list[Event]] = {}
    for person_id, event in _to_be_told([row.event for row in taken], at):
        summary: Parcel = (person_id, None)
        joins = event.kind in BY_TIME and (
            _is_late(event, at) or summary in parcels or _gathering(person_id).exists()
        )
        parcel = summary if joins else (person_id, event.ticket_id)
        parcels.setdefault(parcel, []).append(event)
    _deliver(parcels, at=at)
    Outbox.objects.filter(pk__in=[row.pk for row in taken]).delete()
    return len(taken)


def _to_be_told(events: Sequence[Event], at: datetime) -> list[tuple[int, Event]]:
    """Who hears of what: those whom it concerns, who may, who did not decline it, and strangers once a day."""
    concerned = [(one, event) for event in events for one in sorted(hearers(event, event.ticket))]
    people = Person.objects.filter(pk__in={person_id for person_id, _ in concerned})
    actors = actors_for(people, via="mail")
    declined = declined_by(actors, Channel.MAIL)
    confirmed = _confirmed_before([event for event in events if _is_confirmed(event)], at)
    return [
        (person_id, event)
        for person_id, event in concerned
        if (person_id, MATTERS[event.kind]) not in declined
        and may_see_event(actors[person_id], event, event.ticket)
        and not _is_one_too_many(person_id, event, at, confirmed)
    ]


def _is_one_too_many(person_id: int, event: Event, at: datetime, confirmed: Counter[int]) -> bool:
    """Strangers get one letter a day; contacts so many confirmations of what came by mail in their name."""
    ticket = event.ticket
    if is_unasked(event, ticket, person_id):
        return not may_write_unasked(ticket.requester.email, at=at)
    if not _is_confirmed(event) or person_id != ticket.requester_id:
        return False
    confirmed[person_id] += 1
    return confirmed[person_id] > CONFIRMATIONS_A_DAY


def _is_confirmed(event: Event) -> bool:
    """Whether the requester of a ticket is told that their mail opened it."""
    return event.kind == "opened" and event.ticket.channel == "email"


def _confirmed_before(events: Sequence[Event], at: datetime) -> Counter[int]:
    """How many such confirmations the requesters of these tickets got within a day. At most one statement."""
    notices = Notice.objects.filter(
        delivery__person__in={event.ticket.requester_id for event in events},
        delivery__made_at__gt=at - DAY,
        event__kind="opened",
        event__ticket__channel="email",
        event__ticket__requester=F("delivery__person"),
    )
    by_person = notices.values("delivery__person").annotate(many=Count("pk"))
    return Counter(dict(by_person.values_list("delivery__person", "many")))


def _is_late(event: Event, at: datetime) -> bool:
    return at - event.at > LATE


def _deliver(parcels: Mapping[Parcel, Sequence[Event]], *, at: datetime) -> None:
    quiet = quiet_hours_of({person_id for person_id, _ in parcels})
    waiting, deliveries = _held(parcels, at), dict[Parcel, Delivery]()
    for parcel, events in parcels.items():
        person_id, ticket_id = parcel
        send_at = not_before(events, quiet.get(person_id), at=at)
        delivery = waiting.get(parcel)
        if ticket_id is None:
            delivery = _gathering(person_id).select_for_update().first()
            send_at = max(send_at, at + GATHERING)
        deliveries[parcel] = delivery or Delivery(
            person_id=person_id,
            is_summary=ticket_id is None,
            message_id=secrets.token_hex(16),
            next_attempt_at=send_at,
            made_at=at,
        )
        if delivery and (_is_sooner(send_at, delivery) or any(_is_late(e, at) for e in events)):
            # What is urgent takes along what was held back; of a stop of the desk more may still come.
            delivery.next_attempt_at = send_at
            delivery.save(update_fields=["next_attempt_at"])
    Delivery.objects.bulk_create(one for one in deliveries.values() if one.pk is None)
    Notice.objects.bulk_create(
        Notice(event=event, person_id=parcel[0], delivery=deliveries[parcel])
        for parcel, events in parcels.items()
        for event in events
    )


def _is_sooner(send_at: datetime, delivery: Delivery) -> bool:
    return delivery.next_attempt_at is not None and send_at < delivery.next_attempt_at


def _held(parcels: Collection[Parcel], at: datetime) -> dict[Parcel, Delivery]:
    """The messages about these tickets that wait for the end of these people's quiet hours. One statement."""
    waiting = Notice.objects.select_for_update(of=("delivery",)).filter(
        delivery__person__in={person_id for person_id, _ in parcels},
        delivery__is_summary=False,
        delivery__state=DeliveryState.WAITING,
        delivery__attempts=0,
        delivery__next_attempt_at__gt=at,
        event__ticket__in={ticket_id for _, ticket_id in parcels if ticket_id is not None},
    )
    rows = waiting.select_related("delivery", "event").order_by("delivery_id")
    return {(row.person_id, row.event.ticket_id): row.delivery for row in rows}


def _gathering(person_id: int) -> QuerySet[Delivery]:
    """The person's summary that nobody has tried to send yet."""
    return Delivery.objects.filter(
        person=person_id, is_summary=True, state=DeliveryState.WAITING, attempts=0
    )
