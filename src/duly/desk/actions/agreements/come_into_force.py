"""Let bindings whose time has come hold for the tickets that are still open."""

from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.actions._record import locked_many, record_many
from duly.desk.agreements.subscription import Subscription
from duly.desk.agreements.takeover import taking_over
from duly.desk.clocks.takeover import move_to, moved_by

TOGETHER = 2_000
"""Tickets that are read and written at once; a large subscription takes several rounds of one transaction."""


def come_into_force(*, actor: Actor, at: datetime, limit: int = 100) -> int:
    """Move the open tickets of up to `limit` subscriptions for which other terms hold by now; give how many moved.

    Each in a transaction of its own, so that agents wait for no other subscription's tickets. Several workers at once
    take different subscriptions, and once all are done nothing is left to do.
    """
    moved = 0
    for _ in range(limit):
        with transaction.atomic():
            due = Subscription.objects.select_for_update(skip_locked=True).filter(wakes_at__lte=at)
            row = due.order_by("wakes_at", "pk").first()
            if row is None:
                break
            moved += move_open_tickets(row, actor=actor, at=at)
    return moved


def move_open_tickets(row: Subscription, *, actor: Actor, at: datetime) -> int:
    """Move the tickets of a locked subscription to the terms that hold now; give how many moved.

    Closed tickets keep their terms, and those without any stay without; a merged ticket moves along, for a merging may
    be taken back. Where the new terms leave all that is promised as it is, a ticket stays as it is, too, until
    something happens to it: the door moves it then, at the instant at which these terms took over.
    """
    chain = list(row.bindings.defer("terms", "intake", "made_from").order_by("from_at", "pk"))
    wakes_at = next((each.from_at for each in chain if each.from_at > at), None)
    if wakes_at != row.wakes_at:
        row.wakes_at = wakes_at
        row.save(update_fields=["wakes_at"])
    holding = next((each for each in reversed(chain) if each.from_at <= at), None)
    if holding is None:
        return 0
    moving, moved = moved_by(row, holding.pk, at), move_to(taking_over(holding))
    for first in range(0, len(moving), TOGETHER):
        tickets = locked_many(moving[first : first + TOGETHER])
        record_many([(ticket, [moved]) for ticket in tickets], actor=actor, at=at)
    return len(moving)
