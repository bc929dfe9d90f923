"""Why a promise is due when it is due: the sum, interval by interval, as core counted it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from duly.core import instant
from duly.core.clock.values import Clock, Kind
from duly.core.due import Sum
from duly.core.explain import explain
from duly.core.explanation import Explanation
from duly.core.instant import Seconds
from duly.core.spans import total
from duly.desk.access.actor import Actor
from duly.desk.errors import NotFound
from duly.desk.queries.level import Level, level_of
from duly.desk.queries.promise import Promise
from duly.desk.queries.reading import Reading, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Open time that was counted, or that a pause took out; `so_far` is the sum after it."""

    start: datetime
    end: datetime
    seconds: Seconds
    so_far: Seconds
    is_paused: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A local date that was looked at where days are counted, not hours."""

    on: date
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """A re-target: what had been promised until then."""

    at: datetime
    due_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A promise with all that its due instant follows from. `asked` is None where days are counted."""

    number: int
    subject: str
    promise: Promise
    level: Level | None
    priority_label: str
    policy: str
    version: str
    plan: str
    calendar: str
    zone: str
    edition: date | None
    started_by: str
    counted_from: datetime | None
    intervals: tuple[Interval, ...]
    counted: Seconds
    asked: Seconds | None
    days: tuple[Day, ...]
    changes: tuple[Amended, ...]
    rules: Mapping[str, str]


def why(actor: Actor, number: int, kind: Kind, cycle: int, at: datetime) -> Why:
    """Explain one promise of a ticket that the actor sees.

    Raises:
        NotFound: there is no such ticket for this actor, or no such clock on it.
    """
    reading = read(actor, number, at)
    promise = next((p for p in reading.promises if (p.kind, p.cycle) == (kind, cycle)), None)
    if promise is None or reading.fold is None:
        raise NotFound
    told = explain(reading.history, reading.terms, reading.fold.at, kind, cycle)
    return why_of(reading, promise, told)


def why_of(reading: Reading, promise: Promise, told: Explanation) -> Why:
    """Put a promise and what core tells of it together for a screen."""
    clock, added = told.clock, told.sum
    return Why(
        number=reading.row.number,
        subject=reading.row.subject,
        promise=promise,
        level=level_of(reading.terms.get(clock.terms), clock.priority),
        priority_label=reading.priority_label,
        policy=told.policy,
        version=told.version,
        plan=reading.terms[clock.terms].plan_name or told.plan,
        calendar=clock.calendar or "",
        zone=told.zone,
        edition=added.edition if added else None,
        started_by=told.started_by,
        counted_from=instant.to_datetime(added.counted_from) if added else None,
        intervals=tuple(_intervals(added)) if added else (),
        counted=total(added.counted) if added else 0,
        asked=added.seconds if added else None,
        days=tuple(Day(mark.on, mark.counts) for mark in added.marks) if added else (),
        changes=tuple(_changes(clock)),
        rules=told.rules,
    )


def _intervals(added: Sum) -> Iterator[Interval]:
    """What was counted and what pauses took out, in order of time."""
    spans = [(span, False) for span in added.counted] + [(span, True) for span in added.paused]
    so_far = 0
    for span, is_paused in sorted(spans):
        seconds = span.end - span.start
        so_far += 0 if is_paused else seconds
        yield Interval(
            start=instant.to_datetime(span.start),
            end=instant.to_datetime(span.end),
            seconds=seconds,
            so_far=so_far,
            is_paused=is_paused,
        )


def _changes(clock: Clock) -> Iterator[Amended]:
    for change in clock.changes:
        due_at = None if change.due_at is None else instant.to_datetime(change.due_at)
        yield Amended(at=instant.to_datetime(change.at), due_at=due_at, why=change.why)
