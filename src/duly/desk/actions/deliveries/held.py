"""Mail that waited when a backup was made is held when that is restored: it may have been sent since."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from duly.desk.access.actor import Actor
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.mailroom.delivery import Delivery, DeliveryState
from duly.desk.setup.desk import the_settings


@transaction.atomic
def hold_waiting(*, at: datetime) -> int:
    """Hold all that waits to be sent, also what has not become a delivery yet; give how much is held then."""
    while dispatch(at=at):
        pass
    Delivery.objects.filter(state=DeliveryState.WAITING).update(
        state=DeliveryState.HELD, next_attempt_at=None, result="held when the desk was restored"
    )
    return _held().count()


@transaction.atomic
def release_held(*, actor: Actor, at: datetime) -> int:
    """Send what was held, as far as its readers may still hear of it; give how much that was.

    Raises:
        NotFound: the actor may not.
    """
    require(may_manage_mailboxes(actor))
    released = _held().update(state=DeliveryState.WAITING, next_attempt_at=at, result="")
    audit("held_mail_released", actor=actor, at=at, subject=the_settings(), deliveries=released)
    return released


@transaction.atomic
def drop_held(*, actor: Actor, at: datetime) -> int:
    """Send nothing of what was held; give how much that was.

    Raises:
        NotFound: the actor may not.
    """
    require(may_manage_mailboxes(actor))
    dropped = _held().update(state=DeliveryState.DROPPED)
    audit("held_mail_dropped", actor=actor, at=at, subject=the_settings(), deliveries=dropped)
    return dropped


def _held() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=DeliveryState.HELD)
