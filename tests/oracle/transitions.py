"""Where zones change their clocks, 2000 to 2040: the places where calendars go wrong."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from tests.oracle.wall import DAY

FIRST = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())
LAST = int(datetime(2041, 1, 1, tzinfo=UTC).timestamp())

ZONES = tuple(sorted(available_timezones()))


@cache
def transitions(zone: str) -> tuple[int, ...]:
    """The first instant of each new offset, found by walking in days and then closing in."""
    info = ZoneInfo(zone)

    def ahead(at: int) -> object:
        return datetime.fromtimestamp(at, info).utcoffset()

    found = []
    for day in range(FIRST, LAST, DAY):
        low, high = day, day + DAY
        if ahead(low) == ahead(high):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if ahead(middle) == ahead(low) else (low, middle)
        found.append(high)
    return tuple(found)
