"""Clock rows kept equal to what a fold answers, writing only what differs."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from duly.core import instant
from duly.core.clock.values import Clock as FoldedClock
from duly.core.clock.values import Fold, State
from duly.core.instant import Instant
from duly.desk.clocks.clock import Clock

_SETTLED = (State.MET, State.MISSED, State.SUPERSEDED, State.VOID)
_COLUMNS = (
    "state",
    "started_at",
    "due_at",
    "soon_at",
    "met_at",
    "ended_at",
    "late_seconds",
    "remaining_seconds",
    "is_binding",
    "target",
    "calendar",
    "priority",
    "terms",
    "changes",
    "was",
)
_EVIDENCE = frozenset({"started_at", "due_at", "target", "priority", "terms_id"})


def save(folds: Mapping[int, Fold], *, new: Iterable[int] = ()) -> None:
    """Write the clock rows of tickets, given by id; tickets in `new` have none yet."""
    known = folds.keys() - set(new)
    stored = {
        (row.ticket_id, row.kind, row.cycle): row
        for row in (Clock.objects.filter(ticket__in=known) if known else ())
    }
    rows = [
        row
        for ticket_id, fold in folds.items()
        for row in (as_row(ticket_id, clock) for clock in fold.clocks)
        if _is_news(stored.get((ticket_id, row.kind, row.cycle)), row)
    ]
    if rows:
        Clock.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["ticket", "kind", "cycle"],
            update_fields=_COLUMNS,
        )


def _is_news(before: Clock | None, after: Clock) -> bool:
    return before is None or (bool(differing(before, after)) and may_follow(before, after))


def as_row(ticket_id: int, clock: FoldedClock) -> Clock:
    """Write one clock as a row."""
    return Clock(
        ticket_id=ticket_id,
        kind=clock.kind.value,
        cycle=clock.cycle,
        state=clock.state.value,
        started_at=instant.to_datetime(clock.started_at),
        due_at=_datetime(clock.due_at),
        soon_at=_datetime(clock.soon_at),
        met_at=_datetime(clock.met_at),
        ended_at=_datetime(clock.ended_at),
        late_seconds=clock.late_seconds,
        remaining_seconds=clock.remaining_seconds if clock.state is State.PAUSED else None,
        is_binding=clock.binding,
        target=clock.target,
        calendar=clock.calendar or "",
        priority=clock.priority,
        terms_id=int(clock.terms),
        changes=[_plain(asdict(change)) for change in clock.changes],
        was=clock.was.value if clock.was else "",
    )


def differing(before: Clock, after: Clock) -> list[str]:
    """Name the columns in which two rows of one cycle differ."""
    columns = ("terms_id" if name == "terms" else name for name in _COLUMNS)
    return [name for name in columns if getattr(before, name) != getattr(after, name)]


def is_settled(row: Clock) -> bool:
    """Whether the row is evidence."""
    return row.state in _SETTLED


def may_follow(before: Clock, after: Clock) -> bool:
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


def _plain(change: dict[str, Any]) -> dict[str, Any]:
    due_at = change["due_at"]
    return {
        "at": instant.text(change["at"]),
        "due_at": None if due_at is None else instant.text(due_at),
        "why": change["why"],
    }
