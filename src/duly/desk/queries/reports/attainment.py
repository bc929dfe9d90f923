"""Attainment: the share of promises kept, by month, plan, priority, organisation, team or kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import Any

from django.db.models import Count, DateField, F, Max, Q, QuerySet, Value

from duly.core.attainment import Share
from duly.core.clock.values import Kind, State
from duly.desk.access.actor import Actor
from duly.desk.access.reports import may_see_reports
from duly.desk.access.require import require
from duly.desk.access.tickets import of_organisation, on_visible
from duly.desk.agreements.terms import terms_of
from duly.desk.clocks.clock import Clock
from duly.desk.queries.level import level_of
from duly.desk.queries.reports.period import Period, month_of, months_of

MOST = 500
"""How many groups a report shows."""
SETTLED = Q(state__in=[State.MET.value, State.MISSED.value], due_at__isnull=False)
"""What core counts as a promise that came to an end."""
MET = Q(state=State.MET.value)


class By(StrEnum):
    """What promises are summed by."""

    MONTH = "month"
    PLAN = "plan"
    PRIORITY = "priority"
    ORGANISATION = "organisation"
    TEAM = "team"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which promises are counted: those that began in the period; the rest narrows them down."""

    period: Period
    kind: Kind | None = None
    only: Mapping[By, str] = field(default_factory=dict)

    def narrowed(self, by: By, key: str) -> "Asked":
        """The same, of one group alone; of a month, what of it lies in the period."""
        if by is not By.MONTH:
            return replace(self, only={**self.only, by: key})
        month = month_of(date.fromisoformat(key), self.period.zone)
        first, last = max(month.first, self.period.first), min(month.last, self.period.last)
        return replace(self, period=replace(self.period, first=first, last=last))


@dataclass(frozen=True, slots=True)
class Group:
    """One line: `key` asks for it again, `name` says it, `of` what it belongs to; a month is told by its first day."""

    key: str
    name: str
    of: str
    month: date | None
    binding: Share
    suggested: Share


@dataclass(frozen=True, slots=True)
class Attained:
    """The groups, and all of them together; `more` says that there were more groups than are shown."""

    groups: tuple[Group, ...]
    binding: Share
    suggested: Share
    more: bool


COLUMNS: Mapping[By, tuple[str, ...]] = {
    By.PLAN: ("terms__version__policy__key", "terms__plan"),
    By.PRIORITY: ("terms__version__policy__key", "priority"),
    By.ORGANISATION: ("terms__subscription__organisation",),
    By.TEAM: ("ticket__team",),
    By.KIND: ("kind",),
}
"""The columns whose values make the key of a group, joined by a colon."""
NAMES: Mapping[By, tuple[Any, Any]] = {
    By.PLAN: (Max("terms__plan_name"), Max("terms__version__policy__title")),
    By.PRIORITY: (Max("terms"), Max("terms__version__policy__title")),
    By.ORGANISATION: (Max("terms__subscription__organisation__name"), None),
    By.TEAM: (Max("ticket__team__name"), None),
    By.KIND: (Max("kind"), None),
}
ROW = Value(1)
"""What is counted where each row counts: a column would have to be read."""
SUMS = {
    "kept": Count(ROW, filter=MET & Q(is_binding=True)),
    "counted": Count(ROW, filter=Q(is_binding=True)),
    "kept_suggested": Count(ROW, filter=MET & Q(is_binding=False)),
    "counted_suggested": Count(ROW, filter=Q(is_binding=False)),
}


def attained(actor: Actor, asked: Asked, by: By) -> Attained:
    """Sum them up. One statement, and one that names priorities, whose names stand in the terms.

    Raises:
        NotFound: the actor does not read reports.
    """
    require(may_see_reports(actor))
    return summed(actor, asked, by)


def summed(actor: Actor, asked: Asked, by: By) -> Attained:
    """The same for a page that asked for a right of its own."""
    rows, more = grouped(settled(actor, asked), asked, by, {})
    groups = tuple(group for _row, group in rows)
    return Attained(
        groups,
        _together([group.binding for group in groups]),
        _together([group.suggested for group in groups]),
        more,
    )


def settled(actor: Actor, asked: Asked) -> QuerySet[Clock]:
    """The promises that are counted, each a row."""
    rows = Clock.objects.filter(
        SETTLED,
        started_at__gte=asked.period.begins_at,
        started_at__lt=asked.period.ends_at,
    )
    organisation = asked.only.get(By.ORGANISATION, "")
    rows = (
        of_organisation(rows, actor, int(organisation)) if organisation else on_visible(rows, actor)
    )
    if asked.kind is not None:
        rows = rows.filter(kind=asked.kind.value)
    for by, key in asked.only.items():
        rows = rows.filter(_is(by, key))
    return rows


def _is(by: By, key: str) -> Q:
    columns = COLUMNS[by]
    values = key.split(":", len(columns) - 1)
    return Q(**{column: value or None for column, value in zip(columns, values, strict=True)})


def grouped(
    rows: QuerySet[Clock], asked: Asked, by: By, sums: Mapping[str, Any]
) -> tuple[list[tuple[dict[str, Any], Group]], bool]:
    """Sum promises up: the rows with their groups, months newest first, others by name; and whether there are more."""
    if by is By.MONTH:
        found = _months(rows, asked.period, {**SUMS, **sums})
        return [(row, _group(row, by)) for row in found], False
    name, of = NAMES[by]
    named = {"name": name} if of is None else {"name": name, "of": of}
    query = rows.values(*COLUMNS[by]).annotate(**named, **SUMS, **sums)
    order = [F("name").asc(nulls_last=True)]
    ordered = query.order_by(*(["of"] if of is not None else []), *order)
    found = [dict(row) for row in ordered[: MOST + 1]]
    if by is By.PRIORITY:
        _name_levels(found)
    return [(row, _group(row, by)) for row in found[:MOST]], len(found) > MOST


def _months(rows: QuerySet[Clock], period: Period, sums: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Sum each month up by itself, in one statement: PostgreSQL would sort all promises to group them."""
    parts = [
        rows.filter(started_at__gte=month.begins_at, started_at__lt=month.ends_at)
        .order_by()
        .values(month=Value(month.first, DateField()))
        .annotate(**sums)
        for month in months_of(period)
    ]
    found = [dict(row) for row in parts[0].union(*parts[1:], all=True)]
    return sorted(
        (row for row in found if row["counted"] or row["counted_suggested"]),
        key=itemgetter("month"),
        reverse=True,
    )


def _name_levels(rows: list[dict[str, Any]]) -> None:
    """Name the priorities and put them in the order that their policy gives them, the most severe first."""
    terms = terms_of(str(row["name"]) for row in rows)
    for row in rows:
        level = level_of(terms.get(str(row["name"])), row["priority"])
        row["name"] = level.name if level else row["priority"]
        row["place"] = level.place if level else MOST
    rows.sort(key=lambda row: (row["of"] or "", row["place"]))


def _group(row: Mapping[str, Any], by: By) -> Group:
    month = row["month"] if by is By.MONTH else None
    values = [month] if month else [row[column] for column in COLUMNS[by]]
    return Group(
        key=":".join("" if value is None else str(value) for value in values),
        name=row.get("name") or "",
        of=row.get("of") or "",
        month=month,
        binding=Share(row["kept"], row["counted"]),
        suggested=Share(row["kept_suggested"], row["counted_suggested"]),
    )


def _together(shares: Sequence[Share]) -> Share:
    return Share(sum(share.kept for share in shares), sum(share.of for share in shares))
