"""Clock rows kept equal to what a fold answers, writing only what differs."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from duly.core import instant
from duly.core.clock.values import Change, Fold, State
from duly.core.clock.values import Clock as FoldedClock
from duly.core.instant import Instant
from duly.desk import rows
from duly.desk.clocks.clock import Clock

SETTLED = (State.MET, State.MISSED, State.SUPERSEDED, State.VOID)
_EVIDENCE = frozenset({"started_at", "due_at", "target", "priority", "terms_id"})


class Row(NamedTuple):
    """A row of `Clock` without its id. A tuple, for a large recording makes and compares very many."""

    ticket_id: int
    kind: str
    cycle: int
    state: str
    started_at: datetime
    due_at: datetime | None
    soon_at: datetime | None
    met_at: datetime | None
    ended_at: datetime | None
    late_seconds: int | None
    remaining_seconds: int | None
    is_binding: bool
    target: str
    calendar: str
    priority: str
    terms_id: int
    changes: list[dict[str, Any]]
    was: str


_KEY = Row._fields[:3]
_COLUMNS = Row._fields[3:]


def save(folds: Mapping[int, Fold], *, new: Iterable[int] = ()) -> None:
    """Write the clock rows of tickets, given by id; tickets in `new` have none yet."""
    known = folds.keys() - set(new)
    kept = {row[:3]: row for row in (stored(known) if known else ())}
    news = [
        row
        for ticket_id, fold in folds.items()
        for row in (as_row(ticket_id, clock) for clock in fold.clocks)
        if _is_news(kept.get(row[:3]), row)
    ]
    if not known:
        rows.insert(Clock, Row._fields, news)
    else:
        rows.upsert(Clock, Row._fields, news, unique=_KEY)


def stored(ticket_ids: Iterable[int]) -> list[Row]:
    """The rows of some tickets, as they are kept. One statement."""
    kept = Clock.objects.filter(ticket__in=ticket_ids).values_list(*Row._fields)
    return [Row._make(row) for row in kept]


def _is_news(before: Row | None, after: Row) -> bool:
    return before is None or (before != after and may_follow(before, after))


def as_row(ticket_id: int, clock: FoldedClock) -> Row:
    """Write one clock as a row."""
    return Row(
        ticket_id,
        clock.kind.value,
        clock.cycle,
        clock.state.value,
        instant.to_datetime(clock.started_at),
        _datetime(clock.due_at),
        _datetime(clock.soon_at),
        _datetime(clock.met_at),
        _datetime(clock.ended_at),
        clock.late_seconds,
        clock.remaining_seconds if clock.state is State.PAUSED else None,
        clock.binding,
        clock.target,
        clock.calendar or "",
        clock.priority,
        int(clock.terms),
        [_plain(change) for change in clock.changes],
        clock.was.value if clock.was else "",
    )


def differing(before: Row | Clock, after: Row | Clock) -> list[str]:
    """Name the columns in which two rows of one cycle differ."""
    return [name for name in _COLUMNS if getattr(before, name) != getattr(after, name)]


def is_settled(row: Row | Clock) -> bool:
    """Whether the row is evidence."""
    return row.state in SETTLED


def may_follow(before: Row | Clock, after: Row | Clock) -> bool:
    """Whether a row may become another: what is settled stays, save for what the contract takes back.

    A miss gains its late answer; an exclusion or a merge makes any cycle void and may be withdrawn; a reopening takes
    `met` back. Anything else would rewrite evidence: the stored row stays and `doctor` reports the difference.
    """
    if not is_settled(before) or State.VOID in (before.state, after.state):
        return True
    if before.state != after.state:
        return before.state == State.MET
    evidence = _EVIDENCE | {"met_at"} if before.state == State.MET else _EVIDENCE
    return evidence.isdisjoint(differing(before, after))


def _datetime(at: Instant | None) -> datetime | None:
    return None if at is None else instant.to_datetime(at)


def _plain(change: Change) -> dict[str, Any]:
    due_at = None if change.due_at is None else instant.text(change.due_at)
    return {"at": instant.text(change.at), "due_at": due_at, "why": change.why}
