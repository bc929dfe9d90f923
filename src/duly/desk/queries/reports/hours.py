"""The hours of the week: when customers write, when promises fall due, and how many agents work then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay

from duly.core import instant
from duly.core.spans import Span
from duly.desk.access.actor import Actor
from duly.desk.access.reports import may_see_reports
from duly.desk.access.require import require
from duly.desk.access.tickets import on_visible
from duly.desk.clocks.clock import Clock
from duly.desk.people.person import Person
from duly.desk.people.team import TeamMember
from duly.desk.queries.reports.period import Period
from duly.desk.queries.working import absences, shifts
from duly.desk.tickets.message import Message

HOUR = timedelta(hours=1)
LONGEST = timedelta(days=92)
"""Cover is worked out over three months at most: over longer times people and their hours change."""
Cell: TypeAlias = tuple[int, int]
"""A day of the week, 1 for Monday to 7, and an hour from 0 to 23."""


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the week: customers' messages and promises due in all such hours, and agents at work on average."""

    weekday: int
    hour: int
    messages: int
    due: int
    agents: float


@dataclass(frozen=True, slots=True)
class Hours:
    """The week, Monday 0 to 1 o'clock first; `period` is what was looked at, cut to three months."""

    period: Period
    cells: tuple[Hour, ...]
    without_hours: int


def hours(actor: Actor, asked: Period) -> Hours:
    """Count them. Four statements.

    Raises:
        NotFound: the actor does not read reports.
    """
    require(may_see_reports(actor))
    period = Period(max(asked.first, asked.last - LONGEST), asked.last, asked.zone)
    messages = _counted(written_of(actor), "written_at", period)
    dues = _counted(due_of(actor), "due_at", period)
    people = _agents()
    agents = _at_work(people, period)
    return Hours(
        period,
        tuple(
            Hour(
                day, hour, messages.get((day, hour), 0), dues.get((day, hour), 0), agents[day, hour]
            )
            for day in range(1, 8)
            for hour in range(24)
        ),
        sum(person.hours is None for person in people),
    )


def written_of(actor: Actor) -> QuerySet[Message]:
    """What customers wrote."""
    return on_visible(Message.objects.filter(is_from_agent=False), actor)


def due_of(actor: Actor) -> QuerySet[Clock]:
    """What was promised, by when it falls due."""
    return on_visible(Clock.objects.all(), actor)


def _counted(rows: QuerySet[Any], column: str, period: Period) -> Mapping[Cell, int]:
    within = {f"{column}__gte": period.begins_at, f"{column}__lt": period.ends_at}
    counted = (
        rows.filter(**within)
        .values(
            day=ExtractIsoWeekDay(column, tzinfo=period.zone),
            hour=ExtractHour(column, tzinfo=period.zone),
        )
        .annotate(n=Count("*"))
        .order_by()
    )
    return {(row["day"], row["hour"]): row["n"] for row in counted}


def _agents() -> list[Person]:
    members = TeamMember.objects.filter(person__is_active=True).values("person")
    return list(Person.objects.filter(pk__in=members))


def _at_work(people: Iterable[Person], period: Period) -> Mapping[Cell, float]:
    """How many agents work in each hour of the week, on average over the period."""
    people = list(people)
    away = absences([person.pk for person in people], period.begins_at)
    seconds: dict[Cell, int] = {(day, hour): 0 for day in range(1, 8) for hour in range(24)}
    whole = dict(seconds)
    spans = [
        span
        for person in people
        for span in shifts(person.hours, away.get(person.pk, ()), period.begins_at, period.ends_at)
    ]
    _spread(seconds, spans, period)
    _spread(whole, [_all_of(period)], period)
    return {cell: seconds[cell] / whole[cell] if whole[cell] else 0.0 for cell in seconds}


def _all_of(period: Period) -> Span:
    return Span(instant.from_datetime(period.begins_at), instant.from_datetime(period.ends_at))


def _spread(seconds: dict[Cell, int], spans: Iterable[Span], period: Period) -> None:
    """Add the time of spans to the hours of the week on whose wall clock it lies; clocks change at full quarters."""
    begins, ends = _all_of(period).start, _all_of(period).end
    for span in spans:
        at, last = max(span.start, begins), min(span.end, ends)
        while at < last:
            local = instant.to_datetime(at).astimezone(period.zone)
            until = min(last, at + 900 - at % 900)
            seconds[local.isoweekday(), local.hour] += until - at
            at = until
