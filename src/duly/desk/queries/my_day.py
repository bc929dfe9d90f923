"""My day: what I owe next, what is left of today by the hour, who waits for me, what falls due when I am gone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery

from duly.core import instant
from duly.core.spans import Spans
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import visible_to
from duly.desk.queries.clocks import seen
from duly.desk.queries.promise import Promise
from duly.desk.queries.queue import Line, lines_of, with_people
from duly.desk.queries.working import absences, shifts
from duly.desk.tickets.message import Message
from duly.desk.tickets.ticket import IN_QUEUE, Ticket

MOST, FEW = 200, 8
"""So many of one's own tickets are looked at, and so many are listed in one place."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something at an instant: a promise that falls due, or without one a ticket that comes back."""

    at: datetime
    line: Line
    promise: Promise | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """An hour of what is left of the day, as the reader's clock on the wall shows it."""

    at: datetime
    is_working: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When today's hours end, when the next ones begin: None without hours, or where there are none."""

    has_hours: bool
    ends_at: datetime | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyDay:
    """`after` falls due between the end of today's hours and the next ones; `owed` may be more than is listed."""

    times: Times
    owed: tuple[Line, ...]
    hours: tuple[Hour, ...]
    answered: tuple[Line, ...]
    followed: tuple[Line, ...]
    after: tuple[Entry, ...]


def my_day(actor: Actor, hours: Any, zone: ZoneInfo, at: datetime) -> MyDay:
    """Read it for an agent with these hours. Five statements."""
    own = visible_to(actor).filter(IN_QUEUE, assignee=actor.person_id)
    mine = list(with_people(own).order_by("next_due_at", "rank", "pk")[:MOST])
    followed = list(_followed(actor, at))
    promises = seen([row.pk for row in (*mine, *followed)], at)
    lines = dict(
        zip(
            (row.pk for row in (*mine, *followed)),
            lines_of((*mine, *followed), at, promises=promises),
            strict=True,
        )
    )
    answered = _answered(own)
    entries = tuple(_entries(mine, lines, promises))
    away = absences([actor.speaker_id], at).get(actor.speaker_id, ())
    ahead = shifts(hours, away, at, at + AHEAD)
    midnight = datetime.combine(at.astimezone(zone).date() + DAY, time.min, zone)
    times = _times(ahead, midnight, has_hours=hours is not None)
    gone_at = times.ends_at or at
    return MyDay(
        times=times,
        owed=tuple(lines[row.pk] for row in mine if row.next_due_at and row.snoozed_until is None)[
            :FEW
        ],
        hours=tuple(_hours(entries, ahead, at.astimezone(zone), midnight)),
        answered=tuple(lines[row.pk] for row in mine if row.pk in answered)[:FEW],
        followed=tuple(lines[row.pk] for row in followed),
        after=tuple(one for one in entries if times.next_at and gone_at < one.at <= times.next_at),
    )


def _answered(own: QuerySet[Ticket]) -> set[int]:
    """Those that wait for us although we have written: the customer had the last word."""
    words = Message.objects.filter(ticket=OuterRef("pk"))
    last = words.order_by("-pk").values("is_from_agent")[:1]
    ours = words.filter(is_from_agent=True).values("pk")[:1]
    rows = own.filter(waiting_on="").alias(last=Subquery(last), ours=Subquery(ours))
    return set(rows.filter(last=False, ours__isnull=False).values_list("pk", flat=True)[:MOST])


def _followed(actor: Actor, at: datetime) -> QuerySet[Ticket]:
    """Where something happened within a day to what one follows and does not answer for."""
    rows = visible_to(actor).filter(followers__person=actor.person_id, last_event_at__gt=at - DAY)
    return with_people(rows.exclude(assignee=actor.person_id)).order_by("-last_event_at")[:FEW]


def _entries(
    mine: list[Ticket], lines: Mapping[int, Line], promises: Mapping[int, tuple[Promise, ...]]
) -> Iterable[Entry]:
    """All that comes, in order: promises as long as somebody owes them, and what was put aside."""
    found = [
        Entry(at=row.snoozed_until, line=lines[row.pk], promise=None)
        for row in mine
        if row.snoozed_until is not None
    ]
    found += [
        Entry(at=one.due_at, line=lines[row.pk], promise=one)
        for row in mine
        for one in promises.get(row.pk, ())
        if one.is_owed and one.due_at is not None
    ]
    return sorted(found, key=lambda entry: entry.at)


def _times(ahead: Spans, midnight: datetime, *, has_hours: bool) -> Times:
    """Today's hours are those that begin before midnight."""
    begins = [(instant.to_datetime(one.start), instant.to_datetime(one.end)) for one in ahead]
    today = [end for start, end in begins if start < midnight]
    later = next((start for start, _ in begins if start >= midnight), None)
    return Times(has_hours=has_hours, ends_at=today[-1] if today else None, next_at=later)


def _hours(
    entries: tuple[Entry, ...], ahead: Spans, now: datetime, midnight: datetime
) -> Iterable[Hour]:
    """The hours from now on in which one works or something comes."""
    start = now.replace(minute=0, second=0, microsecond=0)
    while start < midnight:
        end = start + HOUR
        inside = tuple(one for one in entries if max(start, now) <= one.at < end)
        is_working = any(
            instant.to_datetime(one.start) < end and instant.to_datetime(one.end) > start
            for one in ahead
        )
        if inside or is_working:
            yield Hour(at=start, is_working=is_working, entries=inside)
        start = end
