"""A promise on a line of time: when it was open, when it was paused, where it is due and where we are."""

from dataclasses import dataclass
from datetime import datetime

from duly.desk.queries.why import Why

WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Piece:
    """An interval, from `x` on, `width` wide, both in thousandths of the line."""

    x: float
    width: float
    is_paused: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """The line, and where on it the due instant, the answer and the reader stand, if they do."""

    pieces: tuple[Piece, ...]
    due: float | None
    met: float | None
    now: float | None
    end: datetime


def strip(why: Why, now: datetime) -> Strip | None:
    """Lay a promise out from its start to its end; None where nothing was counted."""
    promise = why.promise
    known = [promise.due_at, promise.met_at, *(one.end for one in why.intervals)]
    if promise.is_owed:
        known.append(now)
    ends = [instant for instant in known if instant is not None]
    if not why.intervals or not ends or max(ends) <= promise.started_at:
        return None
    start, whole = promise.started_at, max(ends) - promise.started_at

    def place(instant: datetime | None) -> float | None:
        return None if instant is None else round(WIDTH * ((instant - start) / whole), 1)

    pieces = tuple(
        Piece(
            place(one.start) or 0.0,
            round(WIDTH * ((one.end - one.start) / whole), 1),
            one.is_paused,
        )
        for one in why.intervals
    )
    return Strip(
        pieces=pieces,
        due=place(promise.due_at),
        met=place(promise.met_at),
        now=place(now) if promise.is_owed else None,
        end=max(ends),
    )
