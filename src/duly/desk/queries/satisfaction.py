"""How customers found the help: counted by month, organisation or team, over the tickets that the reader sees."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from duly.core.attainment import Share
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import on_visible
from duly.desk.tickets.rating import Rating, Verdict

By: TypeAlias = Literal["month", "organisation", "team"]
_NAMES = {"organisation": "ticket__organisation__name", "team": "ticket__team__name"}
_KEYS = {"organisation": "ticket__organisation", "team": "ticket__team"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfied:
    """The share of good ratings of one month, organisation or team; `name` is empty for tickets that belong to none."""

    key: int | None
    name: str
    first: date | None
    """The first day of the month, where months are counted."""
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one customer said of one ticket."""

    number: int
    subject: str
    is_good: bool
    words: str
    rated_at: datetime


def satisfaction(
    actor: Actor, since: datetime, until: datetime, *, by: By, zone: ZoneInfo
) -> tuple[Satisfied, ...]:
    """Count what was said from `since` until before `until`. One statement; months newest first, others by name."""
    return tuple(_counted(actor, since, until, by, zone))


def what_was_said(actor: Actor, since: datetime, until: datetime) -> tuple[Said, ...]:
    """The single ratings behind the figures, the newest first."""
    rows = _within(actor, since, until).select_related("ticket").order_by("-rated_at", "-pk")
    return tuple(
        Said(
            number=row.ticket.number,
            subject=row.ticket.subject,
            is_good=row.verdict == Verdict.GOOD,
            words=row.words,
            rated_at=row.rated_at,
        )
        for row in rows[:500]
    )


def rated(actor: Actor) -> QuerySet[Rating]:
    """The ratings of the tickets that the actor sees."""
    return on_visible(Rating.objects.all(), actor)


def _within(actor: Actor, since: datetime, until: datetime) -> QuerySet[Rating]:
    return rated(actor).filter(rated_at__gte=since, rated_at__lt=until)


def _counted(
    actor: Actor, since: datetime, until: datetime, by: By, zone: ZoneInfo
) -> Iterator[Satisfied]:
    rows = _within(actor, since, until)
    if by == "month":
        months = rows.annotate(month=TruncMonth("rated_at", tzinfo=zone)).values("month")
        counted = months.annotate(**_SUMS).order_by(F("month").desc())
        for month, good, of in counted.values_list("month", "good", "of"):
            yield Satisfied(key=None, name="", first=month.date(), share=Share(good, of))
        return
    columns = (_KEYS[by], _NAMES[by])
    named = rows.values(*columns).annotate(**_SUMS)
    ordered = named.order_by(F(_NAMES[by]).asc(nulls_last=True), _KEYS[by])
    for key, name, good, of in ordered.values_list(*columns, "good", "of"):
        yield Satisfied(key=key, name=name or "", first=None, share=Share(good, of))


_SUMS = {"good": Count("pk", filter=Q(verdict=Verdict.GOOD.value)), "of": Count("pk")}
