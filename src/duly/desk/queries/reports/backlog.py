"""The backlog: how old unfinished tickets are, and how many came and went week by week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import TruncWeek

from duly.desk.access.actor import Actor
from duly.desk.access.reports import may_see_reports
from duly.desk.access.require import require
from duly.desk.access.tickets import visible_to
from duly.desk.agreements.terms import terms_of
from duly.desk.queries.level import Level, level_of
from duly.desk.queries.reports.period import Period
from duly.desk.tickets.ticket import UNFINISHED, Ticket

BANDS = (1, 3, 7, 30, 90)
"""The ages in days at which a band ends; the last one has no end."""


@dataclass(frozen=True, slots=True)
class Aged:
    """The unfinished tickets of one priority of one policy, which `key` names: how many in each band of age, the
    youngest first.
    """

    key: str
    policy: str
    level: Level | None
    priority: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """How many tickets were opened in a week, and how many that are over were resolved in it; told by its Monday."""

    monday: date
    opened: int
    resolved: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is unfinished now, and the weeks of a period, the oldest first."""

    ages: tuple[Aged, ...]
    weeks: tuple[Week, ...]


def backlog(actor: Actor, period: Period, at: datetime) -> Backlog:
    """Count it. Four statements.

    Raises:
        NotFound: the actor does not read reports.
    """
    require(may_see_reports(actor))
    return Backlog(_ages(actor, at), _weeks(actor, period))


def _ages(actor: Actor, at: datetime) -> tuple[Aged, ...]:
    rows = (
        unfinished(actor, at)
        .values("binding__version__policy__key", "binding__version__policy__title", "priority")
        .annotate(
            binding=Max("binding"),
            place=Min("rank"),
            **{f"to_{days}": Count("pk", filter=_younger(at, days)) for days in BANDS},
            whole=Count("pk"),
        )
        .order_by("place", "binding__version__policy__title")
    )
    found: list[dict[str, Any]] = [{**row} for row in rows]
    terms = terms_of(str(row["binding"]) for row in found if row["binding"])
    return tuple(
        Aged(
            f"{row['binding__version__policy__key'] or ''}:{row['priority']}",
            row["binding__version__policy__title"] or "",
            level_of(terms.get(str(row["binding"])), row["priority"]),
            row["priority"],
            _apart([*(row[f"to_{days}"] for days in BANDS), row["whole"]]),
        )
        for row in found
    )


def unfinished(actor: Actor, at: datetime, band: int | None = None) -> QuerySet[Ticket]:
    """The tickets that are not resolved; of one band of age, if it is said, counted from nought."""
    rows = visible_to(actor).filter(status__in=UNFINISHED)
    if band is None:
        return rows
    rows = rows.exclude(_younger(at, BANDS[band - 1])) if band else rows
    return rows.filter(_younger(at, BANDS[band])) if band < len(BANDS) else rows


def _apart(up_to: list[int]) -> tuple[int, ...]:
    """Each band by itself, of counts that include what is younger."""
    return tuple(count - before for before, count in zip([0, *up_to], up_to, strict=False))


def _younger(at: datetime, days: int) -> Q:
    return Q(opened_at__gt=at - timedelta(days=days))


def _weeks(actor: Actor, period: Period) -> tuple[Week, ...]:
    opened, resolved = (_by_week(actor, period, name) for name in ("opened_at", "resolved_at"))
    mondays = sorted({*opened, *resolved})
    return tuple(Week(monday, opened.get(monday, 0), resolved.get(monday, 0)) for monday in mondays)


def _by_week(actor: Actor, period: Period, column: str) -> Mapping[date, int]:
    within = {f"{column}__gte": period.begins_at, f"{column}__lt": period.ends_at}
    week = TruncWeek(column, tzinfo=period.zone)
    rows = visible_to(actor).filter(**within).annotate(week=week).values("week")
    counted = rows.annotate(n=Count("*")).values_list("week", "n")
    return {week.date(): n for week, n in counted}
