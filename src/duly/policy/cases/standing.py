"""How the tickets of a case stand at an instant, also in the form of `replay --json`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from duly.core import instant
from duly.core.allowance import minutes_used, tickets_used
from duly.core.clock.fold import HistoryError, fold
from duly.core.clock.values import Clock, Fold, Level
from duly.core.events import Event, Moved, Opened
from duly.core.instant import Instant
from duly.core.terms import Terms
from duly.policy.cases.case import Case
from duly.policy.cases.history import Tickets

Plain: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """One ticket at one instant."""

    fold: Fold
    allowances: dict[str, Plain]

    def as_json(self) -> Plain:
        """Write the keys of section 7."""
        return {
            "clocks": [clock_json(clock) for clock in self.fold.clocks],
            "escalation": {
                "available": [_level(level) for level in self.fold.available],
                "invoked": [_level(level) for level in self.fold.invoked],
            },
            "allowances": self.allowances,
        }


def standing(tickets: Tickets, name: str, at: Instant) -> Standing | None:
    """Fold one ticket; None before it was opened.

    Raises:
        PolicyErrors: its history cannot be folded.
    """
    events = tickets.events[name]
    if all(event.at > at for event in events):
        return None
    try:
        folded = fold(events, tickets.terms, at)
    except HistoryError as error:
        raise tickets.case.source.refuse(("tickets", name), "history", f"{error}.") from error
    return Standing(folded, _allowances(tickets, events, at))


def _allowances(tickets: Tickets, events: Sequence[Event], at: Instant) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    everything = list(tickets.events.values())
    for name, allowance in terms_at(tickets, events, at).allowances.items():
        if allowance.counts == "tickets":
            usage = tickets_used(allowance, everything, events, at)
            if usage:
                found[name] = {
                    "period": usage.period,
                    "used": usage.used,
                    "limit": usage.limit,
                    "over": usage.over,
                }
        else:
            scope = [events] if allowance.per is None else everything
            minutes = minutes_used(allowance, name, scope, at)
            found[name] = {
                "limit_minutes": minutes.limit,
                "used_minutes": minutes.used,
                "covered_minutes": minutes.covered,
                "over_minutes": minutes.over,
            }
            if minutes.period:
                found[name]["period"] = minutes.period
    return found


def terms_at(tickets: Tickets, events: Sequence[Event], at: Instant) -> Terms:
    """Find the terms in force at the instant."""
    named = [e.binding for e in events if isinstance(e, Opened | Moved) and e.at <= at]
    return tickets.terms[named[-1]]


def clock_json(clock: Clock) -> Plain:
    """Write a clock with the keys of section 7; instants as text in UTC."""
    return {
        "kind": clock.kind.value,
        "cycle": clock.cycle,
        "state": clock.state.value,
        "started_at": _text(clock.started_at),
        "due_at": _text(clock.due_at),
        "met_at": _text(clock.met_at),
        "ended_at": _text(clock.ended_at),
        "late_seconds": clock.late_seconds,
        "remaining_seconds": clock.remaining_seconds,
        "binding": clock.binding,
        "target": clock.target,
        "calendar": clock.calendar,
        "priority": clock.priority,
        "changes": [
            {"at": _text(change.at), "due_at": _text(change.due_at), "why": change.why}
            for change in clock.changes
        ],
        "was": clock.was.value if clock.was else None,
    }


def _level(level: Level) -> Plain:
    return {"level": level.level, "at": _text(level.at)}


def _text(at: Instant | None) -> str | None:
    return None if at is None else instant.text(at)


def replay_json(case: Case, tickets: Tickets, at: Instant) -> Plain:
    """Write what `duly policy replay --json` prints."""
    standings = {name: standing(tickets, name, at) for name in case.stated.tickets}
    nothing = {"clocks": [], "escalation": {"available": [], "invoked": []}, "allowances": {}}
    return {
        "at": instant.text(at),
        "tickets": {
            name: found.as_json() if found else dict(nothing) for name, found in standings.items()
        },
    }
