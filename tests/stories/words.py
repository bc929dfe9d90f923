"""Instants and clocks as a support manager says them: ``Mon 10:00``, ``next Tue 9:00``, ``due Wed 12:00``."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
FIRST_MONDAY = datetime(2026, 10, 5, tzinfo=BERLIN)
"""The stories play in October 2026, when nothing happens to the clocks of Berlin for three weeks."""
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKS = ("", "next ", "third ")


def when(words: str) -> datetime:
    """Read ``Mon 10:00``, ``next Mon 10:00`` or ``third Mon 10:00``, in Berlin."""
    week = max(n for n, name in enumerate(WEEKS) if words.startswith(name))
    day, clock = words.removeprefix(WEEKS[week]).split()
    hours, minutes = map(int, clock.split(":"))
    date = FIRST_MONDAY + timedelta(days=7 * week + DAYS.index(day))
    return date.replace(hour=hours, minute=minutes).astimezone(UTC)


def said(at: datetime) -> str:
    """Write an instant the way `when` reads it."""
    local = at.astimezone(BERLIN)
    days = (local.date() - FIRST_MONDAY.date()).days
    return f"{WEEKS[days // 7]}{DAYS[days % 7]} {local:%H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One cycle of a clock as a story sees it, whoever computed it."""

    kind: str
    cycle: int
    state: str
    due_at: datetime | None
    met_at: datetime | None
    ended_at: datetime | None
    remaining_seconds: int | None

    def __str__(self) -> str:
        """Say it in a few words."""
        match self.state:
            case "running":
                return f"due {said(self.due_at)}" if self.due_at else "running, never due"
            case "paused":
                return f"paused, {(self.remaining_seconds or 0) / 3600:g} h left"
            case "met":
                return f"met {said(self.met_at)}" if self.met_at else "met"
            case "missed":
                answered = f", answered {said(self.met_at)}" if self.met_at else ""
                return (f"missed {said(self.due_at)}" if self.due_at else "missed") + answered
            case "superseded":
                return f"superseded {said(self.ended_at)}" if self.ended_at else "superseded"
        return self.state.replace("_", " ")
