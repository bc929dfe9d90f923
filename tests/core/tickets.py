"""A small stage for timelines: one week in March 2026 in UTC, so that sums can be done in the head.

The office is open Monday to Friday from 09:00 to 17:00. ``mon 09:00`` is 2026-03-02T09:00Z, ``tue+1 10:00`` is eight
days and an hour later.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from duly.core import history, instant, quantity
from duly.core.calendar.values import Calendar, Rule
from duly.core.clock.fold import fold
from duly.core.clock.values import Clock, Fold, Kind, State
from duly.core.events import Event
from duly.core.instant import Instant
from duly.core.terms import Cell, Ladder, Priority, Rules, Terms
from tests.core.calendars import daily, weekdays

MONDAY = instant.parse("2026-03-02T00:00Z")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOUR = 3600

CALENDARS: Mapping[str, Rule] = {
    "office": Calendar(zone="UTC", week=weekdays((9, 17))),
    "nights": Calendar(zone="UTC", week=daily((20, 6))),
    "never": Calendar(zone="UTC", week=daily()),
}


def on(when: str) -> Instant:
    """The instant of ``tue+1 10:00``, or of ``tue+1 10:00:30``."""
    day, _, time = when.partition(" ")
    name, _, weeks = day.partition("+")
    hours, minutes, seconds = (*map(int, time.split(":")), 0)[:3]
    days = DAYS.index(name) + 7 * int(weeks or 0)
    return MONDAY + days * 86400 + hours * 3600 + minutes * 60 + seconds


def said(at: Instant) -> str:
    """The inverse of `on`, for messages that can be read."""
    days, seconds = divmod(at - MONDAY, 86400)
    weeks, day = divmod(days, 7)
    time = f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
    time += f":{seconds % 60:02}" if seconds % 60 else ""
    return f"{DAYS[day]}{f'+{weeks}' if weeks else ''} {time}"


def event(line: str) -> Event:
    """The event of ``mon 10:00 replied by=agent``."""
    day, time, name, *fields = line.split()
    plain: dict[str, Any] = {"at": instant.text(on(f"{day} {time}")), "event": name}
    plain |= {"binding": "gold"} if name in ("opened", "moved") else {}
    for field in fields:
        key, _, value = field.partition("=")
        plain[key] = _value(key, value)
    return history.read(plain)


def _value(key: str, value: str) -> object:
    if key in ("level", "minutes"):
        return int(value)
    if key == "flags":
        return value.split(",")
    return value == "yes" if key == "withdrawn" else value


def ticket(*lines: str) -> list[Event]:
    """A history, a line for each event."""
    return [event(line) for line in lines]


Targets = Mapping[str, str | Cell | Sequence[Cell]]


def cells(target: str | Cell | Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells of a target's words, or those given."""
    if isinstance(target, str):
        return (Cell(target=quantity.parse(target)),)
    return (target,) if isinstance(target, Cell) else tuple(target)


def terms(
    *,
    rules: Rules | None = None,
    ladder: Ladder | None = None,
    plan: str = "gold",
    hours: str = "office",
    **targets: Targets,
) -> Terms:
    """Terms with three priorities and the targets given by kind: ``first_response={"1": "2 hours"}``."""
    levels = ("1", "2", "3")
    return Terms(
        policy="example",
        version="2026-01",
        plan=plan,
        priorities=tuple(Priority(key=level) for level in levels),
        calendars=CALENDARS,
        hours=dict.fromkeys(levels, hours),
        targets={
            Kind(kind): {priority: cells(target) for priority, target in row.items()}
            for kind, row in targets.items()
        },
        rules=rules or Rules(),
        ladder=ladder,
    )


def folded(known: Terms | Mapping[str, Terms], history: Sequence[Event], when: str) -> Fold:
    """The fold of a history as of an instant such as ``tue 10:00``."""
    return fold(history, {"gold": known} if isinstance(known, Terms) else known, on(when))


def clocks(
    known: Terms | Mapping[str, Terms], history: Sequence[Event], when: str, kind: str
) -> list[Clock]:
    """The clocks of one kind."""
    return [clock for clock in folded(known, history, when).clocks if clock.kind == kind]


def brief(clock: Clock) -> tuple[str, str, str | None]:
    """State, start and due in words."""
    return clock.state, said(clock.started_at), None if clock.due_at is None else said(clock.due_at)


def briefs(
    known: Terms | Mapping[str, Terms], history: Sequence[Event], when: str, kind: str
) -> list[tuple[str, str, str | None]]:
    """State, start and due of each cycle of a kind."""
    return [brief(clock) for clock in clocks(known, history, when, kind)]


RUNNING, PAUSED, MET, MISSED = State.RUNNING, State.PAUSED, State.MET, State.MISSED
SUPERSEDED, VOID = State.SUPERSEDED, State.VOID
BEST_EFFORT, CONTINUOUS = State.BEST_EFFORT, State.CONTINUOUS
