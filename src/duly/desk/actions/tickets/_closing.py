"""When a ticket that is resolved now will close by itself: decided here once, and written into the event."""

from datetime import datetime, timedelta

from duly.core import instant
from duly.core.events import By, Resolved
from duly.desk.setup.desk import the_settings
from duly.desk.tickets.happening import Happening, happening


def resolving(by: By, at: datetime) -> Happening:
    """That a ticket is resolved, and until when more words take it up again. One statement."""
    days = the_settings().close_after_days
    resolved = Resolved(at=instant.from_datetime(at), by=by)
    if days is None:
        return happening(resolved)
    closes_at = instant.from_datetime(at + timedelta(days=days))
    return happening(resolved, closes_at=instant.text(closes_at))
