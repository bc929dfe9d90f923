"""The queue: unfinished tickets, a line each, in an order that an index gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import F, QuerySet

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import visible_to
from duly.desk.agreements.terms import terms_of
from duly.desk.people.team import Team
from duly.desk.queries.clocks import leading, seen
from duly.desk.queries.level import Level, level_of
from duly.desk.queries.promise import Promise
from duly.desk.tickets.ticket import UNFINISHED, Ticket

SIZE = 50
"""How many tickets a queue shows at once; a longer one is for filters, not for scrolling."""


class View(StrEnum):
    """The queues on offer: each is one index."""

    DUE = "due"
    CRITICAL = "critical"
    MINE = "mine"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One ticket of a queue. `promise` is what presses most; `others` counts the further ones still owed."""

    number: int
    subject: str
    organisation: str
    requester: str
    assignee: str
    status: str
    waiting_on: str
    level: Level | None
    promise: Promise | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A queue at an instant; `more` says that it goes on."""

    lines: tuple[Line, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class TeamQueue:
    """The queue of a team that the actor works in."""

    id: int
    name: str


def teams(actor: Actor) -> tuple[TeamQueue, ...]:
    """The teams whose queues are offered to the actor."""
    rows = Team.objects.filter(pk__in=actor.teams).order_by("name")
    return tuple(TeamQueue(row.pk, row.name) for row in rows)


def queue(actor: Actor, view: View, *, team: int | None = None, at: datetime) -> Queue:
    """Read a queue, of a team if one is named; what was put aside is left out. Two statements, however long it is."""
    rows = list(_rows(actor, view, team)[: SIZE + 1])
    return Queue(lines=lines_of(rows[:SIZE], at), more=len(rows) > SIZE)


def lines_of(rows: Sequence[Ticket], at: datetime) -> tuple[Line, ...]:
    """Make the lines of tickets that were read with their people. One statement."""
    promises = seen([row.pk for row in rows], at)
    terms = terms_of(str(row.binding_id) for row in rows if row.binding_id)
    return tuple(
        Line(
            number=row.number,
            subject=row.subject,
            organisation=row.organisation.name if row.organisation else "",
            requester=str(row.requester),
            assignee=str(row.assignee) if row.assignee else "",
            status=row.status,
            waiting_on=row.waiting_on,
            level=level_of(terms.get(str(row.binding_id)), row.priority),
            promise=leading(promises.get(row.pk, ())),
        )
        for row in rows
    )


def _rows(actor: Actor, view: View, team: int | None) -> QuerySet[Ticket]:
    rows = (
        visible_to(actor)
        .filter(status__in=UNFINISHED, snoozed_until=None)
        .select_related("organisation", "requester", "assignee")
    )
    if team is not None:
        rows = rows.filter(team=team)
    elif view is View.MINE:
        rows = rows.filter(assignee=actor.person_id)
    elif view is View.UNASSIGNED:
        rows = rows.filter(assignee=None)
    by_due = F("next_due_at").asc(nulls_last=True)
    if view is View.CRITICAL:
        return rows.order_by("rank", by_due, "id")
    return rows.order_by(by_due, "rank", "id")
