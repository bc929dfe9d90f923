"""Claim deliveries to send: each comes with a lease, and with rights asked once more."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from duly.desk.actions.deliveries._write import letter_of
from duly.desk.mailroom.delivery import Delivery, DeliveryState
from duly.desk.mailroom.letter import Letter

LEASE = timedelta(minutes=2)
"""How long a sender may take; one that died gives its delivery back after that."""


@transaction.atomic
def claim(*, at: datetime, limit: int = 20) -> list[Letter]:
    """Take the deliveries whose time has come and give their letters.

    Several senders at once get different ones. A delivery that lost its reason is dropped instead.
    """
    waiting = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=DeliveryState.WAITING, next_attempt_at__lte=at
    )
    taken = list(waiting.select_related("person").order_by("next_attempt_at", "pk")[:limit])
    ids = [delivery.pk for delivery in taken]
    Delivery.objects.filter(pk__in=ids).update(
        attempts=F("attempts") + 1, next_attempt_at=at + LEASE
    )
    letters = [(delivery, letter_of(delivery, at=at)) for delivery in taken]
    Delivery.objects.filter(pk__in=[d.pk for d, letter in letters if letter is None]).update(
        state=DeliveryState.DROPPED, next_attempt_at=None, result="no longer to be told"
    )
    return [letter for _, letter in letters if letter is not None]
