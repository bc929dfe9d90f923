"""Claim deliveries to send: each comes with a lease, and with rights and wishes asked once more."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from duly.desk.access.actor import actor_for
from duly.desk.actions.deliveries._wishes import not_before
from duly.desk.actions.deliveries._write import letter_of, letter_of_troubles, still_told
from duly.desk.mailroom.delivery import Delivery, DeliveryState
from duly.desk.mailroom.letter import Letter

LEASE = timedelta(minutes=1)
"""How long a sender that does not renew it keeps a delivery: one that died gives it back after that."""


@transaction.atomic
def claim(*, at: datetime, limit: int = 20) -> list[Letter]:
    """Take the deliveries whose time has come and give their letters.

    Several senders at once get different ones. A delivery that lost its reason is dropped instead, and one that an
    attempt brought into somebody's quiet hours waits until they are over.
    """
    waiting = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=DeliveryState.WAITING, next_attempt_at__lte=at
    )
    taken = list(waiting.select_related("person").order_by("next_attempt_at", "pk")[:limit])
    ids = [delivery.pk for delivery in taken]
    Delivery.objects.filter(pk__in=ids).update(
        attempts=F("attempts") + 1, next_attempt_at=at + LEASE
    )
    letters = [_letter(delivery, at) for delivery in taken]
    return [letter for letter in letters if letter is not None]


def renew(*, delivery_id: int, at: datetime) -> None:
    """Keep a delivery that is still being sent."""
    waiting = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.WAITING)
    waiting.update(next_attempt_at=at + LEASE)


def _letter(delivery: Delivery, at: datetime) -> Letter | None:
    row = Delivery.objects.filter(pk=delivery.pk)
    reader = actor_for(delivery.person, via="mail")
    told = still_told(delivery, reader)
    if not told:
        letter = letter_of_troubles(delivery, reader)
        if letter is None:
            row.update(
                state=DeliveryState.DROPPED, next_attempt_at=None, result="no longer to be told"
            )
        return letter
    send_at = not_before(delivery.person_id, told, at=at)
    if send_at > at:
        row.update(attempts=F("attempts") - 1, next_attempt_at=send_at)
        return None
    return letter_of(delivery, reader, told, at=at)
