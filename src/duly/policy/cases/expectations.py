"""Expectations of a case: only the keys that are named are compared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from duly.core import instant
from duly.core.instant import Instant
from duly.policy.cases.case import Case
from duly.policy.cases.history import Tickets, read_instant
from duly.policy.cases.standing import Standing, clock_json, standing
from duly.policy.document.base import KINDS
from duly.policy.nearest import nearest
from duly.policy.problems import Path
from duly.policy.reading.source import Place

CLOCK_KEYS = (
    *("cycle", "state", "started_at", "due_at", "met_at", "ended_at", "late_seconds"),
    *("remaining_seconds", "binding", "target", "calendar", "priority", "changes", "was"),
    "exists",
)
KEYS = ("at", "ticket", "clock", "escalation", "allowance", *CLOCK_KEYS)
ESCALATION_KEYS = ("available", "since", "invoked")
ALLOWANCE_KEYS = (
    *("name", "period", "used", "limit", "over"),
    *("limit_minutes", "used_minutes", "covered_minutes", "over_minutes"),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that does not hold: where it is, and each key that differs."""

    place: Place
    at: Instant
    ticket: str
    clock: str | None
    cycle: int | None
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expectation:
    """One entry of `expect`, checked for its form."""

    path: Path
    at: Instant
    ticket: str
    stated: Mapping[str, Any]


def expectations(case: Case) -> list[Expectation]:
    """Read what a case expects.

    Raises:
        PolicyErrors: an entry names an unknown ticket, clock or key, or expects nothing.
    """
    return [_read(case, index, stated) for index, stated in enumerate(case.stated.expect)]


def _read(case: Case, index: int, stated: Mapping[str, Any]) -> Expectation:
    path: Path = ("expect", index)
    _known(case, path, stated, KEYS)
    ticket = str(stated.get("ticket"))
    if ticket not in case.stated.tickets:
        message = f"there is no ticket `{ticket}` in this case{nearest(ticket, case.stated.tickets) or '.'}"
        raise case.source.refuse((*path, "ticket"), "expectation", message)
    if sum(key in stated for key in ("clock", "escalation", "allowance")) != 1:
        message = "expect exactly one of clock, escalation and allowance."
        raise case.source.refuse(path, "expectation", message)
    if "clock" in stated and stated["clock"] not in (*KINDS, "escalation"):
        message = (
            f"there is no clock `{stated['clock']}`{nearest(str(stated['clock']), KINDS) or '.'}"
        )
        raise case.source.refuse((*path, "clock"), "expectation", message)
    for part, known in (("escalation", ESCALATION_KEYS), ("allowance", ALLOWANCE_KEYS)):
        if part not in stated:
            continue
        if not isinstance(stated[part], dict):
            message = f"name what is expected: {', '.join(known)}."
            raise case.source.refuse((*path, part), "expectation", message)
        _known(case, (*path, part), stated[part], known)
    if not str(stated.get("cycle", 1)).isdecimal():
        message = "cycles are numbers, counted from 1."
        raise case.source.refuse((*path, "cycle"), "expectation", message)
    if set(stated) <= {"at", "ticket", "clock", "cycle"}:
        raise case.source.refuse(path, "expectation", "this expects nothing; name e.g. state.")
    at = read_instant(case, (*path, "at"), str(stated.get("at")))
    return Expectation(path, at, ticket, stated)


def _known(case: Case, path: Path, stated: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in stated:
        if key not in known:
            hint = nearest(key, known) or f"; known: {', '.join(known)}."
            message = f"`{key}` is not known here{hint}"
            raise case.source.refuse((*path, key), "unknown-key", message)


def failures(case: Case, tickets: Tickets) -> Iterator[Failure]:
    """Yield each expectation that does not hold."""
    for expected in expectations(case):
        found = standing(tickets, expected.ticket, expected.at)
        differences = tuple(_differences(expected.stated, found))
        if differences:
            cycle = expected.stated.get("cycle")
            yield Failure(
                case.source.place(expected.path),
                expected.at,
                expected.ticket,
                expected.stated.get("clock"),
                int(cycle) if cycle else None,
                differences,
            )


def _differences(stated: Mapping[str, Any], found: Standing | None) -> Iterator[str]:
    if "escalation" in stated:
        yield from _compare(stated["escalation"], _escalation(found))
    elif "allowance" in stated:
        wanted = dict(stated["allowance"])
        name = str(wanted.pop("name", None))
        actual = found.allowances.get(name) if found else None
        if actual is None:
            yield f"there is no allowance `{name}`"
        else:
            yield from _compare(wanted, actual)
    else:
        yield from _clock(stated, found)


def _clock(stated: Mapping[str, Any], found: Standing | None) -> Iterator[str]:
    clocks = [clock_json(clock) for clock in found.fold.clocks] if found else []
    clocks = [clock for clock in clocks if clock["kind"] == stated["clock"]]
    if "cycle" in stated:
        clocks = [clock for clock in clocks if _same(stated["cycle"], clock["cycle"])]
    wanted = {
        k: v for k, v in stated.items() if k not in ("at", "ticket", "clock", "cycle", "exists")
    }
    exists = stated.get("exists", "true") == "true"
    if bool(clocks) != exists:
        yield "there is such a clock" if clocks else "there is no such clock"
    elif clocks:
        yield from _compare(wanted, max(clocks, key=lambda clock: int(clock["cycle"])))


def _escalation(found: Standing | None) -> dict[str, Any]:
    available = found.fold.available if found else ()
    invoked = found.fold.invoked if found else ()
    highest = max(available, key=lambda level: level.level, default=None)
    return {
        "available": highest.level if highest else 0,
        "since": instant.text(highest.at) if highest else None,
        "invoked": max((level.level for level in invoked), default=0),
    }


def _compare(wanted: Mapping[str, Any], actual: Mapping[str, Any]) -> Iterator[str]:
    for key, value in wanted.items():
        if not _same(value, actual.get(key)):
            yield f"{key}: expected {_said(value)}, found {_said(actual.get(key))}"


def _same(wanted: Any, actual: Any) -> bool:
    """Compare the text of a file with a value: instants by what they mean, the rest by its text."""
    if isinstance(wanted, list) and isinstance(actual, list):
        return len(wanted) == len(actual) and all(map(_same, wanted, actual))
    if isinstance(wanted, dict) and isinstance(actual, dict):
        return all(_same(value, actual.get(key)) for key, value in wanted.items())
    return _said(wanted) == _said(actual)


def _said(value: Any) -> str:
    """Write a value so that equal ones read alike: instants in UTC."""
    if isinstance(value, str) and "T" in value:
        try:
            return instant.text(instant.parse(value))
        except ValueError:
            return value
    if isinstance(value, bool):
        return str(value).lower()
    return "nothing" if value in (None, "null") else str(value)
