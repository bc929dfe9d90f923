"""Claim deliveries to send: each comes with a lease, and with rights and wishes asked once more."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from duly.desk.access.actor import actors_for
from duly.desk.actions.deliveries._told import Told, still_told
from duly.desk.actions.deliveries._wishes import not_before
from duly.desk.actions.deliveries._write import letter_of_troubles, letters_of
from duly.desk.mailroom.delivery import Delivery, DeliveryState
from duly.desk.mailroom.letter import Letter
from duly.desk.mailroom.preference import quiet_hours_of

LEASE = timedelta(minutes=1)
"""How long a sender that does not renew it keeps a delivery: one that died gives it back after that."""


@transaction.atomic
def claim(*, at: datetime, limit: int = 20) -> list[Letter]:
    """Take the deliveries whose time has come and give their letters, in that order.

    Several senders at once get different ones. A delivery that lost its reason is dropped instead, and one that an
    attempt brought into somebody's quiet hours waits until they are over. The number of statements does not grow with
    that of letters about different tickets.
    """
    waiting = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=DeliveryState.WAITING, next_attempt_at__lte=at
    )
    taken = list(waiting.select_related("person").order_by("next_attempt_at", "pk")[:limit])
    if not taken:
        return []
    rows = Delivery.objects.filter(pk__in=[delivery.pk for delivery in taken])
    rows.update(attempts=F("attempts") + 1, next_attempt_at=at + LEASE)
    told = still_told(taken, actors_for([delivery.person for delivery in taken], via="mail"))
    now = _not_held_back([each for each in told if each.events], at)
    letters = {letter.delivery_id: letter for letter in letters_of(now, at=at)}
    for each in told:
        if not each.events:
            letter = _of_troubles(each)
            if letter is not None:
                letters[letter.delivery_id] = letter
    return [letters[delivery.pk] for delivery in taken if delivery.pk in letters]


def give_back(delivery_ids: Collection[int], *, claimed_at: datetime, at: datetime) -> None:
    """Let go of what was claimed and not tried; what another sender has claimed since stays theirs."""
    ours = Delivery.objects.filter(
        pk__in=delivery_ids, state=DeliveryState.WAITING, next_attempt_at=claimed_at + LEASE
    )
    ours.update(attempts=F("attempts") - 1, next_attempt_at=at)


def renew(*, delivery_id: int, at: datetime) -> None:
    """Keep a delivery that is still being sent."""
    waiting = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.WAITING)
    waiting.update(next_attempt_at=at + LEASE)


def _not_held_back(told: list[Told], at: datetime) -> list[Told]:
    """What may be told now; the rest waits, and was not tried."""
    quiet, now = quiet_hours_of({each.delivery.person_id for each in told}), list[Told]()
    for each in told:
        send_at = not_before(each.events, quiet.get(each.delivery.person_id), at=at)
        if send_at == at:
            now.append(each)
        else:
            row = Delivery.objects.filter(pk=each.delivery.pk)
            row.update(attempts=F("attempts") - 1, next_attempt_at=send_at)
    return now


def _of_troubles(told: Told) -> Letter | None:
    """A letter about alarms; where there is none, nothing is left to be told."""
    letter = letter_of_troubles(told.delivery, told.reader)
    if letter is None:
        Delivery.objects.filter(pk=told.delivery.pk).update(
            state=DeliveryState.DROPPED, next_attempt_at=None, result="no longer to be told"
        )
    return letter
