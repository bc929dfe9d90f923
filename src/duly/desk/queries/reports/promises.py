"""The promises behind a figure, each with its ticket: what was due when, and by how much it was missed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from duly.core.clock.values import Kind, State
from duly.desk.access.actor import Actor
from duly.desk.access.reports import may_see_reports
from duly.desk.access.require import require
from duly.desk.agreements.terms import terms_of
from duly.desk.clocks.clock import Clock
from duly.desk.queries.level import Level, level_of
from duly.desk.queries.reports.attainment import Asked, settled

SIZE = 50


class Outcome(StrEnum):
    """How a promise came to its end."""

    KEPT = "kept"
    MISSED = "missed"
    ANSWERED = "answered"
    """Whether in time or late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One promise that came to its end; `late_seconds` is None while nobody has answered what was missed."""

    ticket: int
    subject: str
    organisation: str
    team: str
    policy: str
    plan: str
    level: Level | None
    priority: str
    kind: Kind
    cycle: int
    target: str
    is_binding: bool
    is_kept: bool
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    late_seconds: int | None


@dataclass(frozen=True, slots=True)
class Behind:
    """Where a list goes on: behind the promise that began then and has this number."""

    started_at: datetime
    pk: int


@dataclass(frozen=True, slots=True)
class Listed:
    """Some of the promises, the newest first; `behind` is where they go on, None at their end."""

    lines: tuple[Settled, ...]
    behind: Behind | None


@dataclass(frozen=True, slots=True)
class Which:
    """Which of the counted promises are listed; None stands for both."""

    outcome: Outcome | None = None
    is_binding: bool | None = None


def listed(actor: Actor, asked: Asked, which: Which, after: Behind | None = None) -> Listed:
    """Read fifty of them behind the one named. Two statements.

    Raises:
        NotFound: the actor does not read reports.
    """
    rows = list(chosen(actor, asked, which, after)[: SIZE + 1])
    shown = rows[:SIZE]
    behind = Behind(shown[-1].started_at, shown[-1].pk) if len(rows) > SIZE else None
    return Listed(lines_of(shown), behind)


def chosen(
    actor: Actor, asked: Asked, which: Which, after: Behind | None = None
) -> QuerySet[Clock]:
    """The rows of the promises, the newest first.

    Raises:
        NotFound: the actor does not read reports.
    """
    require(may_see_reports(actor))
    return rows_of(actor, asked, which, after)


def rows_of(
    actor: Actor, asked: Asked, which: Which, after: Behind | None = None
) -> QuerySet[Clock]:
    """The same for a page that asked for a right of its own."""
    rows = settled(actor, asked).select_related(
        "ticket__organisation", "ticket__team", "terms__version__policy"
    )
    if which.outcome is Outcome.ANSWERED:
        rows = rows.filter(met_at__isnull=False)
    elif which.outcome is not None:
        state = State.MET if which.outcome is Outcome.KEPT else State.MISSED
        rows = rows.filter(state=state.value)
    if which.is_binding is not None:
        rows = rows.filter(is_binding=which.is_binding)
    if after is not None:
        same = Q(started_at=after.started_at, pk__lt=after.pk)
        rows = rows.filter(Q(started_at__lt=after.started_at) | same)
    heavy = ("terms", "intake", "made_from", "version__source", "version__document")
    return rows.defer("changes", *(f"terms__{name}" for name in heavy)).order_by(
        "-started_at", "-pk"
    )


def lines_of(rows: list[Clock]) -> tuple[Settled, ...]:
    """Make the lines of rows that `chosen` gave."""
    terms = terms_of(str(row.terms_id) for row in rows)
    return tuple(_line(row, level_of(terms.get(str(row.terms_id)), row.priority)) for row in rows)


def _line(row: Clock, level: Level | None) -> Settled:
    assert row.due_at is not None
    ticket = row.ticket
    return Settled(
        ticket=ticket.number,
        subject=ticket.subject,
        organisation=ticket.organisation.name if ticket.organisation else "",
        team=ticket.team.name if ticket.team else "",
        policy=row.terms.version.policy.title,
        plan=row.terms.plan_name,
        level=level,
        priority=row.priority,
        kind=Kind(row.kind),
        cycle=row.cycle,
        target=row.target,
        is_binding=row.is_binding,
        is_kept=row.state == State.MET.value,
        started_at=row.started_at,
        due_at=row.due_at,
        met_at=row.met_at,
        late_seconds=row.late_seconds,
    )
