"""The service review of a customer: a month of promises, with everything that was not as promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet, Value

from duly.core.attainment import Share
from duly.desk.access.actor import Actor
from duly.desk.access.people import organisations_visible_to
from duly.desk.access.reports import may_see_review
from duly.desk.access.require import require
from duly.desk.access.tickets import visible_to
from duly.desk.clocks.clock import Clock
from duly.desk.errors import NotFound
from duly.desk.people.organisation import Organisation
from duly.desk.queries.agreement import Plan, plans_of
from duly.desk.queries.reports.attainment import ROW, Asked, Attained, By, summed
from duly.desk.queries.reports.period import Period, month_of
from duly.desk.queries.reports.promises import Outcome, Settled, Which, lines_of, rows_of
from duly.desk.queries.satisfaction import rated
from duly.desk.tickets.event import Event
from duly.desk.tickets.rating import Verdict
from duly.desk.tickets.ticket import IN_QUEUE, Ticket

MOST = 200
"""How many misses, events and open tickets are listed, the newest of each."""


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that a review names: what happened to which ticket when; `detail` is a level or a clause."""

    number: int
    subject: str
    kind: str
    detail: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Open:
    """A ticket that is not over."""

    number: int
    subject: str
    opened_at: datetime
    status: str
    waiting_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A month of an organisation. What it has now, its plans and open tickets, is as of the reading."""

    organisation_id: int
    name: str
    period: Period
    plans: tuple[Plan, ...]
    opened: int
    resolved: int
    by_priority: Attained
    by_kind: Attained
    missed: tuple[Settled, ...]
    escalations: tuple[Incident, ...]
    exclusions: tuple[Incident, ...]
    still_open: tuple[Open, ...]
    rated: Share


def review(actor: Actor, organisation_id: int, first: date, at: datetime) -> Review:
    """Read the month that begins on a day, in the organisation's zone. Seven statements beside those of the plans.

    Raises:
        NotFound: there is no such organisation, or the actor does not read its reviews.
    """
    row, period, asked = _of(actor, organisation_id, first)
    tickets = visible_to(actor).filter(organisation=row)
    missed = rows_of(actor, asked, Which(Outcome.MISSED, is_binding=True))[:MOST]
    incidents, counts = _incidents(tickets, period), _counts(actor, tickets, period)
    return Review(
        organisation_id=row.pk,
        name=row.name,
        period=period,
        plans=plans_of(row, at),
        opened=counts["opened"],
        resolved=counts["resolved"],
        by_priority=summed(actor, asked, By.PRIORITY),
        by_kind=summed(actor, asked, By.KIND),
        missed=lines_of(list(missed)),
        escalations=tuple(each for each in incidents if each.kind == "escalated"),
        exclusions=tuple(each for each in incidents if each.kind == "excluded"),
        still_open=_open(tickets),
        rated=Share(counts["good"], counts["rated"]),
    )


def promises_of(actor: Actor, organisation_id: int, first: date) -> QuerySet[Clock]:
    """Every promise of the month that came to its end, for `promises.lines_of`.

    Raises:
        NotFound: as above.
    """
    _row, _period, asked = _of(actor, organisation_id, first)
    return rows_of(actor, asked, Which())


def _of(actor: Actor, organisation_id: int, first: date) -> tuple[Organisation, Period, Asked]:
    row = organisations_visible_to(actor).filter(pk=organisation_id).first()
    if row is None:
        raise NotFound
    require(may_see_review(actor, organisation_id))
    period = month_of(first, ZoneInfo(row.zone))
    return row, period, Asked(period).narrowed(By.ORGANISATION, str(row.pk))


def _in(period: Period, column: str) -> dict[str, datetime]:
    return {f"{column}__gte": period.begins_at, f"{column}__lt": period.ends_at}


def _incidents(tickets: QuerySet[Ticket], period: Period) -> Sequence[Incident]:
    rows = Event.objects.filter(
        ticket__in=tickets,
        kind__in=["escalated", "excluded"],
        **_in(period, "at"),
        facts__withdrawn__isnull=True,
    )
    return [
        Incident(
            row.ticket.number,
            row.ticket.subject,
            row.kind,
            str(row.facts.get("level", row.facts.get("cause", ""))),
            row.at,
        )
        for row in rows.select_related("ticket").order_by("-at", "-pk")[:MOST]
    ]


def _open(tickets: QuerySet[Ticket]) -> tuple[Open, ...]:
    rows = tickets.filter(IN_QUEUE).order_by("-opened_at")[:MOST]
    return tuple(
        Open(row.number, row.subject, row.opened_at, row.status, row.waiting_on) for row in rows
    )


def _counts(actor: Actor, tickets: QuerySet[Ticket], period: Period) -> dict[str, int]:
    """How many tickets were opened, resolved and rated, and how many of these ratings are good. One statement."""
    ratings = rated(actor).filter(ticket__in=tickets, **_in(period, "rated_at"))
    counted: dict[str, QuerySet[Any]] = {
        "opened": tickets.filter(**_in(period, "opened_at")),
        "resolved": tickets.filter(**_in(period, "resolved_at")),
        "rated": ratings,
        "good": ratings.filter(verdict=Verdict.GOOD.value),
    }
    first, *others = (
        rows.order_by().values(what=Value(what)).annotate(n=Count(ROW)).values_list("what", "n")
        for what, rows in counted.items()
    )
    return dict.fromkeys(counted, 0) | dict(first.union(*others, all=True))
