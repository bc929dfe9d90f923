"""What other terms would change: for each level the first report of a week that would be promised otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from duly.core import instant
from duly.core.clock.fold import fold
from duly.core.clock.values import Kind
from duly.core.events import Event, Facts, Opened, Replied
from duly.core.instant import Instant
from duly.core.terms import Terms
from duly.desk.queries.level import Level, levels_of
from duly.desk.queries.promise import Promise, promises_of

DAYS = 7
OFFICE = range(9, 18)
"""The local hours at which most people report: examples are taken from these first."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One promise of a report at an instant, before and after; None where nothing is promised."""

    level: Level
    kind: Kind
    reported_at: datetime
    before: Promise | None
    after: Promise | None


def shifts(
    old: Terms | None, new: Terms | None, since: datetime, zone: ZoneInfo
) -> tuple[Shift, ...]:
    """Find an example for each level and kind that differs, among reports at full hours of the week after `since`.

    Without terms nothing is promised.
    """
    held = new or old
    if held is None:
        return ()
    hours = sorted(_hours(since), key=lambda at: (at.astimezone(zone).hour not in OFFICE, at))
    known = {level.key for level in (old or held).priorities}
    return tuple(
        shift
        for level in levels_of(held)
        if level.key in known
        for shift in _first(old, new, level, hours)
    )


def _hours(since: datetime) -> Iterator[datetime]:
    full = since.replace(minute=0, second=0, microsecond=0)
    start = full if full == since else full + timedelta(hours=1)
    return (start + timedelta(hours=hour) for hour in range(24 * DAYS))


def _first(
    old: Terms | None, new: Terms | None, level: Level, hours: list[datetime]
) -> Iterator[Shift]:
    """Of each kind the first example; kinds that differ at the same report share it."""
    found: dict[Kind, Shift] = {}
    for at in hours:
        before, after = (_promised(terms, level.key, at) for terms in (old, new))
        for kind in Kind:
            was, becomes = before.get(kind), after.get(kind)
            if kind not in found and _said(was) != _said(becomes):
                found[kind] = Shift(level, kind, at, was, becomes)
        if len(found) == len(before.keys() | after.keys()):
            break
    return (found[kind] for kind in Kind if kind in found)


def _promised(terms: Terms | None, priority: str, at: datetime) -> dict[Kind, Promise]:
    """What a report is promised, and which update is owed once it was answered at once."""
    if terms is None:
        return {}
    now = instant.from_datetime(at)
    opened = Opened(at=now, binding="it", priority=priority, facts=Facts(channel="web"))
    found = _clocks(terms, [opened], now)
    if Kind.UPDATE in terms.targets:
        answered = _clocks(terms, [opened, Replied(at=now, by="agent")], now)
        found |= {kind: each for kind, each in answered.items() if kind is Kind.UPDATE}
    return found


def _clocks(terms: Terms, history: list[Event], now: Instant) -> dict[Kind, Promise]:
    clocks = fold(history, {"it": terms}, now).clocks
    return {promise.kind: promise for promise in promises_of(clocks, now)}


def _said(promise: Promise | None) -> object:
    """What decides whether two promises are the same for whoever reads them: when, and if never, in which words."""
    return promise and (promise.due_at or promise.target, promise.is_binding)
