"""Civil time of one zone: which local date and time an instant has, and which instant a local time means."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from duly.core.calendar.values import DAY
from duly.core.instant import Instant, Seconds
from duly.core.spans import Span


@dataclass(frozen=True, slots=True)
class Civil:
    """The offsets of a zone within a window. Local time is counted in seconds from local 1970-01-01T00:00.

    A local time that does not exist moves forward by the gap; one that exists twice means the first as an opening and
    the second as a closing (contract, section 2 rule 3).
    """

    window: Span
    changes: tuple[Instant, ...]
    offsets: tuple[Seconds, ...]
    """Seconds east of UTC: before the first change, then from each change on."""
    _first: tuple[int, ...]
    """The local time from which the offset after each change is the first to read it."""
    _last: tuple[int, ...]

    def local(self, at: Instant) -> int:
        """The local time of an instant."""
        return at + self.offsets[bisect_right(self.changes, at)]

    def date(self, at: Instant) -> int:
        """The local date of an instant, in days since 1970-01-01."""
        return self.local(at) // DAY

    def opening(self, local: int) -> Instant:
        """The instant meant by an opening time."""
        return local - self.offsets[bisect_right(self._first, local)]

    def closing(self, local: int) -> Instant:
        """The instant meant by a closing time."""
        last = local - self.offsets[bisect_right(self._last, local)]
        return max(self.opening(local), last)

    def exists(self, date: int) -> bool:
        """Whether the zone had that date; Pacific/Apia went without 2011-12-30."""
        return self.date(self.opening(date * DAY)) == date

    def dates(self) -> Iterator[tuple[int, Span]]:
        """Each stretch of the window that has one local date, in order; a date has two where midnight exists twice."""
        edges = (self.window.start, *self.changes, self.window.end)
        for (start, end), offset in zip(pairwise(edges), self.offsets, strict=True):
            for date in range((start + offset) // DAY, (end - 1 + offset) // DAY + 1):
                midnight = date * DAY - offset
                yield date, Span(max(start, midnight), min(end, midnight + DAY))


def civil(zone: str, window: Span) -> Civil:
    """Read a zone's offsets for a window.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: there is no such IANA zone.
    """
    years = range(_year(window.start), _year(window.end) + 1)
    found = [change for year in years for change in _changes(zone, year)]
    inside = [(at, offset) for at, offset in found if window.start < at < window.end]
    offsets = (_offset(ZoneInfo(zone), window.start), *(offset for _, offset in inside))
    steps = list(zip((at for at, _ in inside), pairwise(offsets), strict=True))
    return Civil(
        window,
        tuple(at for at, _ in inside),
        offsets,
        tuple(at + max(before, after) for at, (before, after) in steps),
        tuple(at + min(before, after) for at, (before, after) in steps),
    )


@lru_cache(maxsize=4096)
def _changes(zone: str, year: int) -> tuple[tuple[Instant, Seconds], ...]:
    """When the offset changes in a year of UTC, and to what; zoneinfo has no list of them, so it is asked daily."""
    info = ZoneInfo(zone)
    found: list[tuple[Instant, Seconds]] = []
    at, offset = _new_year(year), _offset(info, _new_year(year))
    for midnight in range(at + DAY, _new_year(year + 1) + DAY, DAY):
        while offset != _offset(info, midnight):
            at = _first_change(info, at, midnight)
            offset = _offset(info, at)
            found.append((at, offset))
        at = midnight
    return tuple(found)


def _first_change(info: ZoneInfo, low: Instant, high: Instant) -> Instant:
    """The first instant in (low, high] whose offset is not that of low."""
    before = _offset(info, low)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(info, middle) == before:
            low = middle
        else:
            high = middle
    return high


def _offset(info: ZoneInfo, at: Instant) -> Seconds:
    offset = datetime.fromtimestamp(at, info).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def _year(at: Instant) -> int:
    return datetime.fromtimestamp(at, UTC).year


def _new_year(year: int) -> Instant:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
