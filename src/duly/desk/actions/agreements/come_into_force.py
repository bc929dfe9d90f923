"""Let bindings whose time has come hold for the tickets that are still open."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from duly.core import instant
from duly.core.events import Moved
from duly.desk.access.actor import Actor
from duly.desk.actions._record import Entry, locked_many, record_many
from duly.desk.agreements.subscription import Binding
from duly.desk.tickets.happening import happening
from duly.desk.tickets.ticket import Status, Ticket


@transaction.atomic
def come_into_force(
    *, actor: Actor, at: datetime, subscription_id: int | None = None, limit: int = 500
) -> int:
    """Move up to `limit` tickets to the terms that hold now, each at the instant at which these took over.

    Gives how many were moved. Closed tickets keep their terms; those without any stay without.
    """
    chain = Binding.objects.filter(subscription=OuterRef("subscription"), from_at__lte=at)
    newest = chain.order_by("-from_at", "-pk")
    stale = (
        Ticket.objects.annotate(
            holding=Subquery(newest.values("pk")[:1]),
            since=Subquery(newest.values("from_at")[:1]),
        )
        .filter(binding__isnull=False)
        .exclude(status=Status.CLOSED.value)
        .exclude(binding=F("holding"))
    )
    if subscription_id is not None:
        stale = stale.filter(subscription=subscription_id)
    tickets = locked_many(list(stale.order_by("pk").values_list("pk", flat=True)[:limit]))
    # Asked again under the locks: somebody else may have moved some meanwhile.
    ids = [ticket.pk for ticket in tickets]
    holding = {
        pk: rest for pk, *rest in stale.filter(pk__in=ids).values_list("pk", "holding", "since")
    }
    entries: list[Entry] = []
    for ticket in tickets:
        if ticket.pk in holding:
            binding, since = holding[ticket.pk]
            moved = Moved(at=instant.from_datetime(since), binding=str(binding))
            entries.append((ticket, [happening(moved)]))
    record_many(entries, actor=actor, at=at)
    return len(entries)
