"""What people want of being told: asked when a delivery is made, and again when it is sent."""

from collections.abc import Sequence
from datetime import datetime

from duly.desk.mailroom.matter import is_urgent
from duly.desk.mailroom.preference import QuietHours
from duly.desk.tickets.event import Event


def not_before(person_id: int, events: Sequence[Event], *, at: datetime) -> datetime:
    """When the person may be told: at once, or when their quiet hours are over."""
    if any(is_urgent(event, event.ticket) for event in events):
        return at
    quiet = QuietHours.objects.select_related("person").filter(person=person_id).first()
    return at if quiet is None else quiet.over_at(at)
