"""What people want of being told: asked when a delivery is made, and again when it is sent."""

from collections.abc import Sequence
from datetime import datetime

from duly.desk.mailroom.matter import is_urgent
from duly.desk.mailroom.preference import QuietHours
from duly.desk.tickets.event import Event


def not_before(events: Sequence[Event], quiet: QuietHours | None, *, at: datetime) -> datetime:
    """When a person may be told: at once, or when their quiet hours, if they have any, are over."""
    if quiet is None or any(is_urgent(event, event.ticket) for event in events):
        return at
    return quiet.over_at(at)
