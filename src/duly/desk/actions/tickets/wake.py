"""Let time have its effect on the tickets whose hour has come: what the watch does, through the door like all else."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from duly.desk.access.actor import the_desk
from duly.desk.actions._record import LockedTicket, locked_many, record_many
from duly.desk.tickets.ticket import Ticket

logger = logging.getLogger(__name__)

LATER = timedelta(minutes=10)
"""When a ticket that could not be woken is tried again."""


def wake(*, at: datetime, limit: int = 200) -> int:
    """Record what time did to up to `limit` tickets by `at`; give how many were woken.

    Several watches at once take different tickets. One ticket that cannot be folded does not keep the others asleep:
    it is reported and tried again later.
    """
    try:
        with transaction.atomic():
            tickets = _due(at, limit)
            record_many([(ticket, ()) for ticket in tickets], actor=the_desk("timer"), at=at)
            return len(tickets)
    except Exception:
        logger.exception("Could not wake a set of tickets; waking them one by one")
        return _one_by_one(at, limit)


def next_wake() -> datetime | None:
    """When time will do something next, as far as the rows know."""
    asleep = Ticket.objects.filter(wakes_at__isnull=False).order_by("wakes_at")
    return asleep.values_list("wakes_at", flat=True).first()


def _due(at: datetime, limit: int) -> list[LockedTicket]:
    rows = Ticket.objects.select_for_update(skip_locked=True).filter(wakes_at__lte=at)
    return [LockedTicket(row) for row in rows.order_by("wakes_at", "pk")[:limit]]


def _one_by_one(at: datetime, limit: int) -> int:
    due = Ticket.objects.filter(wakes_at__lte=at).order_by("wakes_at", "pk")
    woken = 0
    for ticket_id in list(due.values_list("pk", flat=True)[:limit]):
        try:
            with transaction.atomic():
                still_due = [t for t in locked_many([ticket_id]) if t.wakes_at and t.wakes_at <= at]
                record_many([(t, ()) for t in still_due], actor=the_desk("timer"), at=at)
                woken += len(still_due)
        except Exception:
            logger.exception("Ticket %s cannot be woken; `duly doctor` says more", ticket_id)
            Ticket.objects.filter(pk=ticket_id).update(wakes_at=at + LATER)
    return woken
