"""Count what is in the queue, in saved views and among held mails, so that no page has to."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet

from duly.desk.access.actor import the_desk
from duly.desk.mailroom.raw_mail import Outcome, RawMail
from duly.desk.people.team import Team
from duly.desk.queries.filtering import unfinished
from duly.desk.tickets.saved_view import SavedView
from duly.desk.tickets.selection import Filters
from duly.desk.tickets.tally import Of, Tally
from duly.desk.tickets.ticket import Ticket

PRESSING = timedelta(days=1)
_LOCK = 0x7A11
"""Of several workers one counts."""

Key: TypeAlias = tuple[int | None, int | None]
"""A team and an agent."""
Counts: TypeAlias = Mapping[Key, tuple[int, int, int]]


def tally_queue(*, at: datetime) -> None:
    """Count the queue as a whole, by team and agent, and what nobody has or whose agent is stood in for."""
    for of, filters in ((Of.QUEUE, Filters()), (Of.NOBODY, Filters(assignee="nobody"))):
        _keep(of, None, _counted(_fitting(filters, at), at))


def tally_view(*, view_id: int, at: datetime) -> None:
    """Count a saved view for all who see it: what it says of `me` and `mine` is asked when it is read."""
    view = SavedView.objects.filter(pk=view_id, removed_at=None).first()
    if view is None:
        return
    filters = view.selection.filters
    if filters.assignee == "me":
        filters = replace(filters, assignee="")
    if filters.team == "mine":
        filters = replace(filters, team="")
    _keep(Of.VIEW, view_id, _counted(_fitting(filters, at), at))


def tally_held() -> None:
    """Count held mails by the private team that keeps them, else by none."""
    private = set(Team.objects.filter(is_private=True).values_list("pk", flat=True))
    held = RawMail.objects.filter(outcome=Outcome.HELD.value)
    counts = Counter[Key]()
    for ticket_team, mailbox_team, count in (
        held.values_list("ticket__team", "mailbox__team").annotate(count=Count("pk")).order_by()
    ):
        keeper = next((team for team in (ticket_team, mailbox_team) if team in private), None)
        counts[keeper, None] += count
    _keep(Of.HELD, None, {key: (count, 0, 0) for key, count in counts.items()})


def views_to_tally() -> Iterator[int]:
    """The saved views whose counts anybody may look at."""
    yield from SavedView.objects.filter(removed_at=None).order_by("pk").values_list("pk", flat=True)


def _fitting(filters: Filters, at: datetime) -> QuerySet[Ticket]:
    """What fits, whoever reads it."""
    return unfinished(Ticket.objects.all(), filters, the_desk("timer"), at)


def _counted(rows: QuerySet[Ticket], at: datetime) -> Counts:
    counted = (
        rows.order_by()
        .values_list("team", "assignee")
        .annotate(
            tickets=Count("pk"),
            missed=Count("pk", filter=Q(next_due_at__lt=at)),
            pressing=Count("pk", filter=Q(next_due_at__lte=at + PRESSING)),
        )
    )
    return {(team, who): (tickets, missed, near) for team, who, tickets, missed, near in counted}


@transaction.atomic
def _keep(of: Of, view_id: int | None, counts: Counts) -> None:
    """Replace what changed, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    rows = Tally.objects.filter(of=of.value, view=view_id)
    kept = {
        (row.team_id, row.assignee_id): (row.pk, (row.tickets, row.missed, row.pressing))
        for row in rows
    }
    stale = [pk for key, (pk, values) in kept.items() if counts.get(key) != values]
    if stale:
        Tally.objects.filter(pk__in=stale).delete()
    Tally.objects.bulk_create(
        Tally(
            of=of.value,
            view_id=view_id,
            team_id=team,
            assignee_id=assignee,
            tickets=tickets,
            missed=missed,
            pressing=pressing,
        )
        for (team, assignee), (tickets, missed, pressing) in counts.items()
        if (team, assignee) not in kept or kept[team, assignee][1] != (tickets, missed, pressing)
    )
