"""Mail that is held since a backup was restored."""

from duly.desk.mailroom.delivery import Delivery, DeliveryState


def held_count() -> int:
    """How many mails wait for somebody to say whether they are still to be sent."""
    return Delivery.objects.filter(state=DeliveryState.HELD).count()
