"""A ticket of a case for people: what happened, and how its promises stand, in the zone of its calendar."""

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from duly.core import history, instant
from duly.core.clock.values import Clock
from duly.core.events import Event
from duly.core.explanation import length
from duly.core.instant import Instant
from duly.policy.bind.zone import zone_of
from duly.policy.cases.history import Tickets
from duly.policy.cases.standing import Standing, standing, terms_at

DETAILS = (
    *("priority", "by", "channel", "via", "on", "as", "level", "cause", "into", "minutes"),
    *("binding", "why", "reason", "environment", "component", "contact", "requested", "region"),
)


def timeline(tickets: Tickets, name: str, at: Instant) -> list[str]:
    """Tell a ticket's story up to an instant, one line an event, then one a clock."""
    events = sorted((e for e in tickets.events[name] if e.at <= at), key=lambda event: event.at)
    found = standing(tickets, name, at)
    if not events or found is None:
        return [f"{name}: not opened yet"]
    zone = zone_of(terms_at(tickets, events, at))
    lines = [f"{name}: times in {zone.key}"]
    lines += [f"  {moment(event.at, zone)}  {_event(event)}" for event in events]
    lines.append(f"  {moment(at, zone)}  the promises stand so:")
    lines += [f"    {line}" for line in columns(list(_clocks(found.fold.clocks, zone)))]
    lines += [f"    {line}" for line in _rights(found, zone)]
    return lines


def moment(at: Instant | None, zone: ZoneInfo) -> str:
    """Write ``Mon 2026-10-26 16:00 +01:00``, with seconds where there are some."""
    if at is None:
        return ""
    local = instant.to_datetime(at).astimezone(zone)
    time = "%H:%M:%S" if local.second else "%H:%M"
    offset = local.strftime("%z")
    return f"{local.strftime(f'%a %Y-%m-%d {time}')} {offset[:3]}:{offset[3:]}"


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Align rows of cells."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _event(event: Event) -> str:
    plain: dict[str, Any] = history.write(event)
    said = [f"{key} {plain[key]}" for key in DETAILS if key in plain]
    if plain.get("flags"):
        said.append(f"flags {', '.join(plain['flags'])}")
    if plain.get("withdrawn"):
        said.append("withdrawn")
    return f"{plain['event']:12}{', '.join(said)}".rstrip()


def _clocks(clocks: Sequence[Clock], zone: ZoneInfo) -> Iterator[list[str]]:
    for clock in clocks:
        due = f"due {moment(clock.due_at, zone)}" if clock.due_at is not None else "no due time"
        target = clock.target if clock.binding or "suggested" in clock.target else "suggested"
        on = f" ({clock.calendar})" if clock.calendar and " on " not in target else ""
        yield [
            f"{clock.kind} {clock.cycle}",
            clock.state.replace("_", " "),
            due,
            _how(clock, zone),
            f"{target}{on}",
        ]


def _how(clock: Clock, zone: ZoneInfo) -> str:
    if clock.met_at is not None:
        late = f", {length(clock.late_seconds)} late" if clock.late_seconds else ""
        return f"met {moment(clock.met_at, zone)}{late}"
    if clock.ended_at is not None:
        return f"ended {moment(clock.ended_at, zone)}"
    left = clock.remaining_seconds
    return f"{length(left)} left" if left else ""


def _rights(found: Standing, zone: ZoneInfo) -> Iterator[str]:
    for level in found.fold.available:
        yield f"escalation level {level.level} open since {moment(level.at, zone)}"
    for name, usage in found.allowances.items():
        said = (f"{key.replace('_', ' ')} {_word(value)}" for key, value in usage.items())
        yield f"{name}: {', '.join(said)}"


def _word(value: object) -> str:
    words: dict[object, str] = {True: "yes", False: "no", None: "unlimited"}
    return words[value] if isinstance(value, bool) or value is None else str(value)
