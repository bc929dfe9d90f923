"""The histories of a case's tickets as core events, and the terms that they name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from duly.core import history, instant
from duly.core.events import Event, Moved, Opened, Prioritised
from duly.core.history import EventError
from duly.core.instant import Instant
from duly.core.terms import Terms
from duly.policy.bind.terms import bind
from duly.policy.bind.zone import zone_of
from duly.policy.cases.case import Case
from duly.policy.document.policy import Policy
from duly.policy.nearest import nearest
from duly.policy.problems import Path, PolicyErrors, UnusableInputError

WHOLE_NUMBERS = ("level", "minutes")


@dataclass(slots=True)
class Tickets:
    """Every ticket of a case as events, and the terms they name by key."""

    case: Case
    terms: dict[str, Terms] = field(default_factory=dict)
    events: dict[str, list[Event]] = field(default_factory=dict)

    def bound(self, plan: str, version: str | None, on: date | None) -> str:
        """Bind a plan of a version as of a date, once, and give the key of its terms."""
        document = self.case.document(version)
        subscription = self.case.stated.subscription.model_copy(update={"plan": plan})
        in_force = [
            amendment.from_
            for amendment in subscription.amendments
            if amendment.from_ and (on is None or amendment.from_ <= on)
        ]
        key = " ".join([plan, document.policy.version, *(str(day) for day in in_force)])
        if key not in self.terms:
            self.terms[key] = bind(document, subscription, on=on)
        return key


def tickets(case: Case) -> Tickets:
    """Read the history of every ticket.

    Raises:
        PolicyErrors: an event cannot be read; the problem names its line.
        UnusableInputError: the terms lack something of the customer's.
    """
    found = Tickets(case)
    for name, stated in case.stated.tickets.items():
        found.events[name] = list(_Ticket(found, ("tickets", name)).read(stated))
    return found


@dataclass(slots=True)
class _Ticket:
    """Reads one history; keeps which plan holds on the way."""

    tickets: Tickets
    path: Path
    plan: str = ""
    version: str | None = None
    opened_on: date | None = None

    def read(self, stated: tuple[Mapping[str, Any], ...]) -> Iterator[Event]:
        subscription = self.tickets.case.stated.subscription
        self.plan, self.version = subscription.plan, subscription.version
        plain = [
            (self.at(index, dict(each)), index, dict(each)) for index, each in enumerate(stated)
        ]
        plain.sort(key=lambda each: each[0])
        if plain and plain[0][2].get("event") != "opened":
            path = (*self.path, plain[0][1])
            raise self.refuse(path, "event", "a history begins with `opened`; this is earlier.")
        amended: list[date] = []
        for at, index, each in plain:
            if each.get("event") == "opened" and self.opened_on is None:
                self.opened_on = self.local(at)
                amended = self.amended_after(self.opened_on)
            while amended and self.midnight(amended[0]) <= at:
                yield self.amendment(amended.pop(0))
            yield self.event(index, each, at)
        for day in amended:
            yield self.amendment(day)

    def event(self, index: int, each: dict[str, Any], at: Instant) -> Event:
        path = (*self.path, index)
        if each.get("event") == "moved":
            self.plan = each.pop("plan", self.plan)
            self.version = each.pop("version", self.version)
            each["binding"] = self.binding(self.local(at))
        if each.get("event") == "opened":
            each["binding"] = self.binding(self.opened_on)
            each = _with_default(each, self.policy)
        for key in WHOLE_NUMBERS:
            if isinstance(each.get(key), str) and each[key].isdigit():
                each[key] = int(each[key])
        if "withdrawn" in each:
            each["withdrawn"] = each["withdrawn"] == "true"
        if isinstance(each.get("flags"), str):
            each["flags"] = [each["flags"]]
        try:
            event = history.read(each)
        except EventError as error:
            raise self.refuse(path, "event", f"{error}.") from error
        self.known_priority(event, path)
        return event

    def known_priority(self, event: Event, path: Path) -> None:
        priority = event.priority if isinstance(event, Opened | Prioritised) else None
        known = self.policy.priorities.by_key
        if priority is not None and priority not in known:
            hint = nearest(priority, known) or f"; known: {', '.join(known)}."
            message = f"there is no priority `{priority}`{hint}"
            raise self.refuse((*path, "priority"), "unknown-priority", message)

    @property
    def policy(self) -> Policy:
        return self.tickets.case.document(self.version).policy

    def binding(self, on: date | None) -> str:
        try:
            return self.tickets.bound(self.plan, self.version, on)
        except UnusableInputError as error:
            raise self.refuse(("subscription",), "subscription", str(error)) from error

    def amendment(self, on: date) -> Moved:
        return Moved(at=self.midnight(on), binding=self.binding(on), why="amendment")

    def amended_after(self, on: date) -> list[date]:
        amendments = self.tickets.case.stated.subscription.amendments
        return sorted({each.from_ for each in amendments if each.from_ and each.from_ > on})

    def at(self, index: int, each: Mapping[str, Any]) -> Instant:
        path = (*self.path, index)
        if not isinstance(each.get("at"), str):
            raise self.refuse(
                path, "event", "`at` is missing: an instant such as 2026-06-09T10:00Z."
            )
        return read_instant(self.tickets.case, (*path, "at"), each["at"])

    def zone(self) -> ZoneInfo:
        """Amendments begin at midnight where the plan's hours are counted."""
        return zone_of(self.tickets.terms[self.binding(None)])

    def local(self, at: Instant) -> date:
        return instant.to_datetime(at).astimezone(self.zone()).date()

    def midnight(self, day: date) -> Instant:
        start = datetime(day.year, day.month, day.day, tzinfo=self.zone())
        return instant.from_datetime(start)

    def refuse(self, path: Path, code: str, message: str) -> PolicyErrors:
        return self.tickets.case.source.refuse(path, code, message)


def read_instant(case: Case, path: Path, text: str) -> Instant:
    """Read an instant of a case.

    Raises:
        PolicyErrors: it is none, or has no offset.
    """
    try:
        return instant.parse(text)
    except ValueError as error:
        message = f"`{text}` is no instant: {error}; write e.g. 2026-06-09T10:00+02:00."
        raise case.source.refuse(path, "instant", message) from error


def _with_default(each: dict[str, Any], policy: Policy) -> dict[str, Any]:
    """Give an opening without a priority the one of its channel, where the policy has a default."""
    if "priority" in each:
        return each
    default = policy.priorities.default
    if isinstance(default, dict):
        default = default.get(str(each.get("channel"))) or default.get("otherwise")
    return {**each, "priority": default} if default else each
