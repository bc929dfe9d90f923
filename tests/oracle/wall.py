"""Wall clocks: which instants a local date and time mean in a zone (contract, section 2 rule 3)."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTE, HOUR, DAY = 60, 3600, 86400


@lru_cache(maxsize=200_000)
def offset(zone: str, at: int) -> int:
    """Seconds the zone's wall clock is ahead of UTC at an instant."""
    ahead = datetime.fromtimestamp(at, ZoneInfo(zone)).utcoffset()
    assert ahead is not None
    return int(ahead.total_seconds())


def wall(zone: str, at: int) -> datetime:
    """What the wall clock shows at an instant, as a naive datetime."""
    return datetime.fromtimestamp(at + offset(zone, at), UTC).replace(tzinfo=None)


def local_date(zone: str, at: int) -> date:
    return wall(zone, at).date()


def exists(zone: str, day: date) -> bool:
    """Whether the zone ever had this date: Samoa went from 29 to 31 December 2011."""
    return any(readings(zone, on(day, 60 * hour)) for hour in range(24))


@lru_cache(maxsize=200_000)
def candidates(zone: str, shown: datetime) -> list[int]:
    """The instants that the wall time means under each offset in use within two days of it."""
    as_if_utc = int(shown.replace(tzinfo=UTC).timestamp())
    hours = range(-48, 49, 3)
    return sorted({as_if_utc - offset(zone, as_if_utc + hour * HOUR) for hour in hours})


def readings(zone: str, shown: datetime) -> list[int]:
    """Every instant at which the wall clock shows this: none in a gap, two in a fold."""
    return [at for at in candidates(zone, shown) if wall(zone, at) == shown]


def moved_by_the_gap(zone: str, shown: datetime) -> int:
    """A local time that does not exist (spring) moves forward by the gap."""
    late = [at for at in candidates(zone, shown) if wall(zone, at) > shown]
    return min(late, key=lambda at: wall(zone, at))


def as_opening(zone: str, shown: datetime) -> int:
    """One that exists twice (autumn) means the first as an opening."""
    found = readings(zone, shown)
    return found[0] if found else moved_by_the_gap(zone, shown)


def as_closing(zone: str, shown: datetime) -> int:
    """… the second as a closing."""
    found = readings(zone, shown)
    return found[-1] if found else moved_by_the_gap(zone, shown)


def on(day: date, minutes: int) -> datetime:
    """The wall time so many minutes after the date's 00:00 on the clock face; 1440 is `24:00`."""
    return datetime.combine(day, time()) + timedelta(minutes=minutes)
