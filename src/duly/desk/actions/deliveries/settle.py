"""Write down what became of an attempt to send."""

from datetime import datetime, timedelta

from django.db import transaction

from duly.desk.actions.deliveries.undelivered import undelivered
from duly.desk.mailroom.delivery import Delivery, DeliveryState

LONGEST_PAUSE = timedelta(hours=12)
MOST_ATTEMPTS = 14
"""With pauses that double from two minutes on, these last about three days."""


def sent(*, delivery_id: int, at: datetime) -> None:
    """The message was taken over by whoever carries it on."""
    _settle(
        delivery_id, state=DeliveryState.SENT.value, next_attempt_at=None, sent_at=at, result=""
    )


@transaction.atomic
def not_sent(
    *,
    delivery_id: int,
    at: datetime,
    reason: str,
    is_permanent: bool,
    is_of_address: bool = False,
) -> None:
    """The attempt failed: try again later, or give up when there is no use, or nobody at that address."""
    if is_permanent and is_of_address:
        undelivered(delivery_id=delivery_id, because=reason, at=at)
        return
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    if is_permanent or delivery.attempts >= MOST_ATTEMPTS:
        _settle(
            delivery_id, state=DeliveryState.FAILED.value, next_attempt_at=None, result=reason[:500]
        )
        return
    pause = min(timedelta(minutes=2**delivery.attempts), LONGEST_PAUSE)
    _settle(delivery_id, next_attempt_at=at + pause, result=reason[:500])


def _settle(delivery_id: int, **columns: object) -> None:
    waiting = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.WAITING)
    waiting.update(**columns)
