"""The queue: unfinished tickets, a line each, in an order that an index gives."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import visible_to
from duly.desk.agreements.terms import terms_of
from duly.desk.people.team import Team
from duly.desk.queries.clocks import leading, seen
from duly.desk.queries.filtering import unfinished
from duly.desk.queries.level import Level, level_of, levels_of
from duly.desk.queries.places import Place, place_of, rows_behind
from duly.desk.queries.promise import Promise
from duly.desk.tickets.selection import Column, Filters, Selection, Sort
from duly.desk.tickets.tag import Tagging
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.who_answers import stood_in_for

SIZE = 50
"""How many tickets a queue shows at once."""


class View(StrEnum):
    """The queues that every desk has."""

    DUE = "due"
    CRITICAL = "critical"
    MINE = "mine"
    UNASSIGNED = "unassigned"


STANDARD: Mapping[View, Selection] = {
    View.DUE: Selection(),
    View.CRITICAL: Selection(sort=Sort.CRITICAL),
    View.MINE: Selection(Filters(assignee="me")),
    View.UNASSIGNED: Selection(Filters(assignee="nobody")),
}
"""What each of them shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One ticket of a queue. `promise` is what presses most; `tags` are read only where they are shown."""

    number: int
    subject: str
    organisation: str
    requester: str
    assignee: str
    is_stood_in_for: bool
    team: str
    plan: str
    channel: str
    tags: tuple[str, ...]
    opened_at: datetime
    status: str
    waiting_on: str
    level: Level | None
    promise: Promise | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A queue at an instant; `behind` is the place where it goes on, None where it ends.

    `levels` are the priorities that the plans of these tickets know, `reasons` whom they can wait for.
    """

    lines: tuple[Line, ...]
    behind: Place | None
    levels: tuple[Level, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamQueue:
    """The queue of a team that the actor works in."""

    id: int
    name: str


def teams(actor: Actor) -> tuple[TeamQueue, ...]:
    """The teams whose queues are offered to the actor."""
    rows = Team.objects.filter(pk__in=actor.teams).order_by("name")
    return tuple(TeamQueue(row.pk, row.name) for row in rows)


def queue(actor: Actor, selection: Selection, *, at: datetime, after: Place | None = None) -> Queue:
    """Read a queue behind a place. At most five statements, whatever is filtered."""
    rows = with_people(unfinished(visible_to(actor), selection.filters, actor, at))
    if Column.TAGS in selection.columns:
        rows = _with_tags(rows)
    found = rows_behind(rows, selection.sort, after, SIZE + 1)
    shown = found[:SIZE]
    terms = terms_of(str(row.binding_id) for row in shown if row.binding_id).values()
    # Among what nobody has are those tickets alone of which the agent does not work now.
    is_nobodys = selection.filters.assignee == "nobody"
    absent = {row.pk for row in shown if row.assignee_id} if is_nobodys else None
    return Queue(
        lines=lines_of(shown, at, absent=absent),
        behind=place_of(shown[-1]) if len(found) > SIZE else None,
        levels=tuple({level.key: level for each in terms for level in levels_of(each)}.values()),
        reasons=tuple(sorted({reason for each in terms for reason in each.waiting_reasons})),
    )


def with_people(rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Read tickets with all that their lines name."""
    named = rows.select_related("organisation", "requester", "assignee", "team", "binding")
    return named.defer("binding__terms", "binding__intake", "binding__made_from")


def lines_of(
    rows: Sequence[Ticket],
    at: datetime,
    promises: Mapping[int, tuple[Promise, ...]] | None = None,
    absent: Collection[int] | None = None,
) -> tuple[Line, ...]:
    """Make the lines of tickets that were read with their people.

    One statement, unless their promises are given, and one more unless it is known whose agent is absent.
    """
    if promises is None:
        promises = seen([row.pk for row in rows], at)
    if absent is None:
        absent = stood_in_for([row for row in rows if row.is_unfinished], at)
    terms = terms_of(str(row.binding_id) for row in rows if row.binding_id)
    return tuple(
        Line(
            number=row.number,
            subject=row.subject,
            organisation=row.organisation.name if row.organisation else "",
            requester=str(row.requester),
            assignee=str(row.assignee) if row.assignee else "",
            is_stood_in_for=row.pk in absent,
            team=row.team.name if row.team else "",
            plan=row.binding.plan_name if row.binding else "",
            channel=row.channel,
            tags=tuple(getattr(row, "tag_names", ())),
            opened_at=row.opened_at,
            status=row.status,
            waiting_on=row.waiting_on,
            level=level_of(terms.get(str(row.binding_id)), row.priority),
            promise=leading(promises.get(row.pk, ())),
        )
        for row in rows
    )


def _with_tags(rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
    tags = Tagging.objects.filter(ticket=OuterRef("pk")).order_by("tag__name").values("tag__name")
    return rows.annotate(tag_names=ArraySubquery(tags))
