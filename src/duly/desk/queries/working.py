"""When somebody works: now and until when, or when next, by their hours and absences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from duly.core import instant
from duly.core.spans import Span, Spans, subtract, union
from duly.desk.people.absence import Absence
from duly.desk.people.calendar import open_spans

LOOKED_AHEAD = timedelta(days=21)


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """`until` is set for who works now, `next_at` for who does not; neither where nobody knows, or it is far off."""

    has_hours: bool
    until: datetime | None
    next_at: datetime | None
    away_until: datetime | None


def absences(people: Iterable[int], since: datetime) -> Mapping[int, list[Absence]]:
    """The absences of some people that end after an instant. One statement."""
    found: dict[int, list[Absence]] = {}
    for absence in Absence.objects.filter(person__in=list(people), to_at__gt=since).order_by(
        "from_at"
    ):
        found.setdefault(absence.person_id, []).append(absence)
    return found


def shifts(hours: Any, away: Iterable[Absence], since: datetime, until: datetime) -> Spans:
    """When somebody works between two instants; hours that nobody has said are none."""
    if hours is None:
        return ()
    holes = union(Span(_second(one.from_at), _second(one.to_at)) for one in away)
    return subtract(open_spans(hours, since, until), holes)


def working(hours: Any, away: Iterable[Absence], at: datetime) -> Working:
    """Whether somebody works at an instant, and what changes next."""
    away, now = list(away), _second(at)
    ahead = shifts(hours, away, at - timedelta(days=1), at + LOOKED_AHEAD)
    current = next((one for one in ahead if one.start <= now < one.end), None)
    following = next((one for one in ahead if one.start > now), None)
    leave = next((one.to_at for one in away if one.from_at <= at < one.to_at), None)
    return Working(
        has_hours=hours is not None,
        until=instant.to_datetime(current.end) if current else None,
        next_at=instant.to_datetime(following.start) if following and not current else None,
        away_until=leave,
    )


def _second(at: datetime) -> int:
    return instant.from_datetime(at)
