"""The same answers for many starts at once: deadlines and elapsed open time over mixed calendars, in numpy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from duly.core.instant import Instant
from duly.core.open_time import HORIZON, OpenTime, Table

Ints: TypeAlias = npt.NDArray[np.int64]

NEVER: int = np.iinfo(np.int64).min
"""Stands for None where a deadline is never reached."""

BLOCK = 1 << 34
"""More seconds than lie between the years that a table may hold: one calendar's instants never reach another's."""


@dataclass(frozen=True, slots=True)
class Pack:
    """The tables of several calendars end to end. Each block begins with an opening of no length, long ago."""

    since: Instant
    until: Instant
    keys: Ints
    """Each opening, plus its block."""
    shifts: Ints
    """What added to the open time reached in an opening gives the instant; open time counts through all blocks."""
    reached: Ints
    """The open time when each opening closes."""
    most: Ints
    """The open time at the end of each block."""


class Bulk:
    """Calendars compiled to answer for many at once; `which` gives each start's calendar by its position."""

    def __init__(self, calendars: Sequence[OpenTime]) -> None:
        """Take the calendars in the order in which `which` will count them."""
        self._calendars = tuple(calendars)
        self._packed: Pack | None = None

    def due(self, which: Ints, starts: Ints, seconds: Ints) -> Ints:
        """`OpenTime.due` for each start, with `NEVER` for None."""
        if not len(starts):
            return starts.copy()
        pack = self.pack(int(starts.min()), int(starts.max()) + HORIZON)
        used = _position(pack, which, starts)
        used += seconds
        due: Ints = pack.shifts.take(np.searchsorted(pack.reached, used), mode="clip")
        due += used
        due[(used > pack.most.take(which)) | (due - starts > HORIZON)] = NEVER
        return due

    def elapsed(self, which: Ints, starts: Ints, ends: Ints) -> Ints:
        """`OpenTime.elapsed` for each pair."""
        if not len(starts):
            return starts.copy()
        first, last = min(starts.min(), ends.min()), max(starts.max(), ends.max())
        pack = self.pack(int(first), int(last))
        open_time: Ints = _position(pack, which, ends) - _position(pack, which, starts)
        return open_time.clip(min=0)

    def pack(self, since: Instant, until: Instant) -> Pack:
        """The tables packed, widened to hold both instants if need be."""
        pack = self._packed
        if pack is None or since < pack.since or pack.until < until:
            if pack is not None:
                since, until = min(since, pack.since), max(until, pack.until)
            tables = [calendar.table(since, until) for calendar in self._calendars]
            self._packed = pack = _pack_up(tables, since, until)
        return pack


def _position(pack: Pack, which: Ints, at: Ints) -> Ints:
    """The open time before each instant, counted through all blocks."""
    found = np.searchsorted(pack.keys, which * BLOCK + at, side="right")
    found -= 1
    position: Ints = at - pack.shifts.take(found)
    np.minimum(position, pack.reached.take(found), out=position)
    return position


def _pack_up(tables: Sequence[Table], since: Instant, until: Instant) -> Pack:
    keys: list[Ints] = []
    shifts: list[Ints] = []
    reached: list[Ints] = []
    most: list[int] = []
    before = 0
    for block, table in enumerate(tables):
        sums = np.array(table.sums, dtype=np.int64) + before
        keys.append(np.array([-BLOCK // 2, *table.opens], dtype=np.int64) + block * BLOCK)
        shifts.append(np.array(table.shifts, dtype=np.int64) - before)
        reached.append(sums)
        before = int(sums[-1])
        most.append(before)
    return Pack(
        since,
        until,
        np.concatenate(keys),
        np.concatenate(shifts),
        np.concatenate(reached),
        np.array(most, dtype=np.int64),
    )
