"""The tickets behind a figure that counts tickets, messages, dues or ratings: a line for each that was counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay

from duly.desk.access.actor import Actor
from duly.desk.access.reports import may_see_reports
from duly.desk.access.require import require
from duly.desk.access.tickets import visible_to
from duly.desk.queries.reports.attainment import By
from duly.desk.queries.reports.backlog import unfinished
from duly.desk.queries.reports.hours import due_of, written_of
from duly.desk.queries.reports.period import Period
from duly.desk.queries.satisfaction import rated
from duly.desk.tickets.rating import Verdict

SIZE = 200
"""So many lines are shown; the file has all."""
BATCH = 2_000
"""So many lines of a file are in memory at once."""


class What(StrEnum):
    """What a figure counts."""

    OPENED = "opened"
    RESOLVED = "resolved"
    UNFINISHED = "unfinished"
    WRITTEN = "written"
    DUE = "due"
    RATED = "rated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Which of them: of one group, in one hour of the week, of one band of age, or with one verdict."""

    what: What
    period: Period
    only: tuple[tuple[By, str], ...] = ()
    weekday: int | None = None
    hour: int | None = None
    band: int | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """One that was counted: its ticket, and when it was opened, resolved, written, due or rated."""

    number: int
    subject: str
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BehindIt:
    """Some of them, the newest first, and how many there are."""

    lines: tuple[Counted, ...]
    total: int


def behind(actor: Actor, figure: Figure, at: datetime) -> BehindIt:
    """Read the first of them. Two statements.

    Raises:
        NotFound: the actor does not read reports.
    """
    rows = _rows(actor, figure, at)
    total: int = rows.order_by().aggregate(n=Count("pk"))["n"]
    return BehindIt(tuple(_lines(rows[:SIZE], figure)), total)


def all_behind(actor: Actor, figure: Figure, at: datetime) -> Iterator[Counted]:
    """Read all of them, for a file.

    Raises:
        NotFound: as above.
    """
    return _lines(_rows(actor, figure, at), figure, BATCH)


def _lines(rows: QuerySet[Any], figure: Figure, at_a_time: int | None = None) -> Iterator[Counted]:
    names = (
        f"{_TICKET[figure.what]}{name}" for name in ("number", "subject", "organisation__name")
    )
    found = rows.values_list(*names, _WHEN[figure.what])
    for number, subject, organisation, at in found.iterator(at_a_time) if at_a_time else found:
        yield Counted(number, subject, organisation or "", at)


def _rows(actor: Actor, figure: Figure, at: datetime) -> QuerySet[Any]:
    require(may_see_reports(actor))
    when, period = _WHEN[figure.what], figure.period
    rows = _counted(actor, figure, at)
    if figure.what is not What.UNFINISHED:
        rows = rows.filter(**{f"{when}__gte": period.begins_at, f"{when}__lt": period.ends_at})
    if figure.weekday is not None:
        rows = rows.alias(weekday=ExtractIsoWeekDay(when, tzinfo=period.zone))
        rows = rows.filter(weekday=figure.weekday)
    if figure.hour is not None:
        rows = rows.alias(hour=ExtractHour(when, tzinfo=period.zone)).filter(hour=figure.hour)
    for by, key in figure.only:
        rows = rows.filter(_is(by, key, _TICKET[figure.what]))
    return rows.order_by(f"-{when}", "-pk")


def _counted(actor: Actor, figure: Figure, at: datetime) -> QuerySet[Any]:
    match figure.what:
        case What.UNFINISHED:
            return unfinished(actor, at, figure.band)
        case What.WRITTEN:
            return written_of(actor)
        case What.DUE:
            return due_of(actor)
        case What.RATED:
            rows = rated(actor)
            return rows.filter(verdict=figure.verdict.value) if figure.verdict else rows
    return visible_to(actor)


def _is(by: By, key: str, ticket: str) -> Q:
    """A group by its key, as the reports sum tickets up; no policy or team is an empty key."""
    columns = _COLUMNS.get(by, ())
    values = key.split(":", max(0, len(columns) - 1))
    pairs = zip(columns, values, strict=False)
    return Q(
        **{
            f"{ticket}{name}": value if name == "priority" else value or None
            for name, value in pairs
        }
    )


_COLUMNS = {
    By.PRIORITY: ("binding__version__policy__key", "priority"),
    By.ORGANISATION: ("organisation",),
    By.TEAM: ("team",),
}
_TICKET = dict.fromkeys(What, "") | dict.fromkeys((What.WRITTEN, What.DUE, What.RATED), "ticket__")
_WHEN = {
    What.OPENED: "opened_at",
    What.RESOLVED: "resolved_at",
    What.UNFINISHED: "opened_at",
    What.WRITTEN: "written_at",
    What.DUE: "due_at",
    What.RATED: "rated_at",
}
