"""Let bindings whose time has come hold for the tickets that are still open."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from duly.core import instant
from duly.core.events import Moved
from duly.desk.access.actor import Actor
from duly.desk.actions._record import LockedTicket, record_many
from duly.desk.agreements.binding import TAKEN_BACK
from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.tickets.happening import happening
from duly.desk.tickets.ticket import Status, Ticket

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

    Each moves at the instant at which these terms took over, or were agreed if that was later: no promise is changed
    before the change was made. Closed tickets keep their terms, and those without any stay without; a merged ticket
    moves along, for a merging may be taken back.
    """
    chain = list(row.bindings.defer("terms", "made_from").order_by("from_at", "pk"))
    wakes_at = next((each.from_at for each in chain if each.from_at > at), None)
    if wakes_at != row.wakes_at:
        row.wakes_at = wakes_at
        row.save(update_fields=["wakes_at"])
    holding = next((each for each in reversed(chain) if each.from_at <= at), None)
    if holding is None:
        return 0
    moved = happening(Moved(at=_took_over_at(holding), binding=str(holding.pk), why=holding.why))
    many, last = 0, 0
    while tickets := _held_by_others(row, holding, after=last):
        record_many([(ticket, [moved]) for ticket in tickets], actor=actor, at=at)
        many, last = many + len(tickets), tickets[-1].pk
        if len(tickets) < TOGETHER:
            break
    return many


def _took_over_at(holding: Binding) -> int:
    return instant.from_datetime(max(holding.from_at, holding.made_at))


def _held_by_others(row: Subscription, holding: Binding, *, after: int) -> list[LockedTicket]:
    others = Ticket.objects.filter(subscription=row, binding__isnull=False, pk__gt=after)
    may_go_on = ~Q(status=Status.CLOSED.value) | Q(merged_into__isnull=False)
    stale = others.filter(~Q(binding=holding), may_go_on)
    if holding.why == TAKEN_BACK:
        # What is as it was moves nobody: those who never left these terms need not be told of them.
        same = Binding.objects.filter(version=holding.version_id, terms=holding.terms)
        stale = stale.exclude(
            binding__in=list(same.filter(subscription=row, intake=holding.intake))
        )
    locked = stale.select_for_update(of=("self",)).order_by("pk")
    return [LockedTicket(each) for each in locked[:TOGETHER]]
