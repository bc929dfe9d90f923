"""The same answers for many starts at once: deadlines and elapsed open time over mixed calendars, in numpy."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from duly.core.calendar.layout import Reign
from duly.core.calendar.values import DAY
from duly.core.instant import Instant, Seconds
from duly.core.open_time import HORIZON, OpenTime, Table

Ints: TypeAlias = npt.NDArray[np.int64]

NEVER: int = np.iinfo(np.int64).min
"""Stands for None where a deadline is never reached."""

BLOCK = 1 << 34
"""More seconds than lie between the years that a table may hold: one calendar's instants never reach another's."""


_LONG_AGO = -BLOCK // 2


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
    changes: Ints
    """When local dates begin to be read with another offset, plus its block."""
    offsets: Ints
    dates: Ints
    """The local date of each open day, plus its block."""
    closes: Ints
    ends: Ints
    """How many open days there are up to the end of each block."""


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

    def closes(self, which: Ints, starts: Ints, days: Ints) -> Ints:
        """The close of the Nth open day after each start's local date, with `NEVER` for None.

        This is `due_at` for business days under `end_of_nth_day`, received as they are and without pauses.

        Raises:
            CalendarError: one of the calendars is combined and has no zone.
        """
        if not len(starts):
            return starts.copy()
        first, last = int(starts.min()), int(starts.max())
        for position in np.unique(which):
            self._calendars[position].civil(first)
        pack = self.pack(first, last + HORIZON)
        if not len(pack.closes):
            return np.full_like(starts, NEVER)
        block = which * BLOCK
        offset = pack.offsets.take(np.searchsorted(pack.changes, block + starts, side="right") - 1)
        nth = np.searchsorted(pack.dates, block + (starts + offset) // DAY, side="right") + days - 1
        due: Ints = pack.closes.take(nth, mode="clip")
        due[(nth >= pack.ends.take(which)) | (due - starts > HORIZON)] = NEVER
        return due

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
    before = np.cumsum([0, *(table.sums[-1] for table in tables)])
    changes = [_changes(table.reigns) for table in tables]
    return Pack(
        since,
        until,
        keys=_end_to_end([[_LONG_AGO, *table.opens] for table in tables], BLOCK),
        shifts=np.concatenate(
            [np.array(t.shifts) - b for t, b in zip(tables, before, strict=False)]
        ),
        reached=np.concatenate(
            [np.array(t.sums) + b for t, b in zip(tables, before, strict=False)]
        ),
        most=before[1:],
        changes=_end_to_end([[at for at, _ in block] for block in changes], BLOCK),
        offsets=_end_to_end([[offset for _, offset in block] for block in changes]),
        dates=_end_to_end([table.numbers for table in tables], BLOCK),
        closes=_end_to_end([[day.close for day in table.days] for table in tables]),
        ends=np.cumsum([len(table.days) for table in tables]),
    )


def _end_to_end(lists: Sequence[Sequence[int]], block: int = 0) -> Ints:
    """The lists as one array, each moved on by its block."""
    arrays = [np.array(each, dtype=np.int64) + n * block for n, each in enumerate(lists)]
    return np.concatenate(arrays)


def _changes(reigns: Sequence[Reign]) -> list[tuple[Instant, Seconds]]:
    """From when on local dates are read with which offset; a calendar without a zone has none to read."""
    found: list[tuple[Instant, Seconds]] = []
    for reign, following in pairwise((*reigns, None)):
        assert reign is not None
        local, end = reign.civil, following.at if following else BLOCK
        if local is not None:
            inside = [at for at in local.changes if reign.at < at < end]
            found += ((at, local.local(at) - at) for at in (reign.at, *inside))
    return [(_LONG_AGO, found[0][1] if found else 0), *found]
