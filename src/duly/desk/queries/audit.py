"""The audit as a list: who did what to the desk and when, and which days are sealed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Model, QuerySet

from duly.desk.access.actor import Actor
from duly.desk.access.audit import may_see_audit
from duly.desk.access.require import require
from duly.desk.people.organisation import Organisation
from duly.desk.people.person import Person
from duly.desk.people.role import Role
from duly.desk.people.team import Team
from duly.desk.queries.chain import Checked, checked
from duly.desk.setup.audit import AuditEntry
from duly.desk.setup.seal import DaySeal

SIZE = 50
_NAMED: Mapping[str, type[Model]] = {
    "person": Person,
    "organisation": Organisation,
    "team": Team,
    "role": Role,
}
"""Subjects that have a name; what is gone, and everything else, is called by its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which entries are wanted; days are of UTC, as those of the seals, both included."""

    person_id: int | None = None
    act: str = ""
    first: date | None = None
    last: date | None = None
    before: int | None = None
    """Only entries older than this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One act. `who` is empty where it was the desk itself; `subject` is a name or a number."""

    id: int
    at: datetime
    act: str
    who: str
    via: str
    subject_kind: str
    subject: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the list with its seal, if it has one already."""

    on: date
    lines: tuple[Line, ...]
    sealed_at: datetime | None
    digest: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """The newest entries that were sought, by day; `older` leads on from the last one."""

    days: tuple[Day, ...]
    older: int | None
    people: Sequence[tuple[int, str]]


def audit_page(actor: Actor, sought: Sought) -> AuditPage:
    """Read a page. At most seven statements.

    Raises:
        NotFound: the actor may not.
    """
    require(may_see_audit(actor))
    rows = list(_rows(sought)[: SIZE + 1])
    shown = rows[:SIZE]
    staff = Person.objects.filter(grants__isnull=False).distinct().order_by("name", "pk")
    return AuditPage(
        days=tuple(_days(_lines(shown))),
        older=shown[-1].pk if len(rows) > SIZE else None,
        people=[(person.pk, str(person)) for person in staff],
    )


def audit_lines(actor: Actor, sought: Sought) -> Iterator[Line]:
    """Read everything that was sought, a batch at a time.

    Raises:
        NotFound: the actor may not.
    """
    require(may_see_audit(actor))
    while batch := list(_rows(sought)[:1000]):
        yield from _lines(batch)
        sought = Sought(
            person_id=sought.person_id,
            act=sought.act,
            first=sought.first,
            last=sought.last,
            before=batch[-1].pk,
        )


def chain_checked(actor: Actor) -> Checked:
    """Work every sealed day out again.

    Raises:
        NotFound: the actor may not.
    """
    require(may_see_audit(actor))
    return checked()


def _rows(sought: Sought) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.select_related("person").order_by("-id")
    if sought.person_id is not None:
        rows = rows.filter(person=sought.person_id)
    if sought.act:
        rows = rows.filter(act=sought.act)
    if sought.first is not None:
        rows = rows.filter(at__gte=_midnight(sought.first))
    if sought.last is not None:
        rows = rows.filter(at__lt=_midnight(sought.last + timedelta(days=1)))
    return rows if sought.before is None else rows.filter(pk__lt=sought.before)


def _lines(rows: Sequence[AuditEntry]) -> list[Line]:
    names = {
        (kind, each.pk): str(each)
        for kind, model in _NAMED.items()
        if (wanted := {row.subject_id for row in rows if row.subject_kind == kind})
        for each in model._default_manager.filter(pk__in=wanted)
    }
    return [
        Line(
            id=row.pk,
            at=row.at,
            act=row.act,
            who=str(row.person or ""),
            via=row.via,
            subject_kind=row.subject_kind,
            subject=names.get((row.subject_kind, row.subject_id), f"#{row.subject_id}"),
            facts=row.facts,
        )
        for row in rows
    ]


def _days(lines: Sequence[Line]) -> Iterator[Day]:
    by_day: dict[date, list[Line]] = {}
    for line in lines:
        by_day.setdefault(line.at.astimezone(UTC).date(), []).append(line)
    if not by_day:
        return
    # One seal covers several days when nobody was there to seal each.
    seals = list(DaySeal.objects.filter(on__gte=min(by_day)).order_by("on"))
    for on, told in by_day.items():
        seal = next((each for each in seals if each.last_entry_id >= told[0].id), None)
        yield Day(on, tuple(told), seal.sealed_at if seal else None, seal.digest if seal else "")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
