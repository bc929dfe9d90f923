"""The evidence of a ticket: what happened, as its reader may know it, and all that each promise follows from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from duly.core.clock.values import Clock
from duly.core.explain import explain
from duly.core.explanation import Explanation
from duly.desk.access import tickets as access
from duly.desk.access.actor import Actor
from duly.desk.agreements.subscription import Binding
from duly.desk.clocks.clock import Clock as Row
from duly.desk.clocks.projection import as_row, differing, is_settled
from duly.desk.errors import NotFound
from duly.desk.people.person import Person
from duly.desk.people.team import Team
from duly.desk.queries.entries import Entry, happened_entry
from duly.desk.queries.fields import names_in
from duly.desk.queries.promise import Promise
from duly.desk.queries.reading import Reading, read
from duly.desk.queries.why import Why, why_of
from duly.desk.tickets.event import Event
from duly.desk.tickets.kinds import FILLED, KINDS

_INSIDE = frozenset({"message", "note", "team", "assignee", FILLED})
"""Facts that point into the desk and say nothing to a customer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The terms that a promise was made under. `sha256` is that of the policy file as it was published."""

    key: str
    policy: str
    version: str
    sha256: str
    plan: str
    from_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One event of the history. `received_at` is its arrival, where it was put later to keep the order."""

    sequence: int
    at: datetime
    received_at: datetime | None
    kind: str
    facts: Mapping[str, object]
    who: str
    """Empty where time did it."""
    via: str
    entry: Entry
    """The same for a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One promise. `recorded` holds what a settled row says otherwise than the history; nothing, on a sound desk."""

    why: Why
    explained: Explanation
    recorded: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All of it, as it stood at an instant; the promises in the order in which they were made."""

    at: datetime
    number: int
    subject: str
    organisation: str
    channel: str
    status: str
    opened_at: datetime
    agreements: tuple[Agreement, ...]
    acts: tuple[Act, ...]
    proofs: tuple[Proof, ...]


def evidence(actor: Actor, number: int, at: datetime, *, internal: bool) -> Evidence:
    """Gather the evidence for agents, or without `internal` for the customer. Seven statements at most.

    Raises:
        NotFound: there is no such ticket for this actor, or the actor is not on that side of it.
    """
    reading = read(actor, number, at)
    row = reading.row
    sees = access.may_see_internal if internal else access.is_customer_of
    if not sees(actor, row):
        raise NotFound
    return Evidence(
        at=at,
        number=row.number,
        subject=row.subject,
        organisation=row.organisation.name if row.organisation else "",
        channel=row.channel,
        status=row.status,
        opened_at=row.opened_at,
        agreements=tuple(_agreements(reading)),
        acts=tuple(_acts(reading, internal=internal)),
        proofs=tuple(_proofs(reading)),
    )


def _agreements(reading: Reading) -> Iterator[Agreement]:
    rows = Binding.objects.filter(pk__in=[int(key) for key in reading.terms])
    columns = ("pk", "version__policy__key", "version__version", "version__digest", "plan")
    for key, policy, version, digest, plan, from_at in rows.order_by("pk").values_list(
        *columns, "from_at"
    ):
        yield Agreement(
            key=str(key), policy=policy, version=version, sha256=digest, plan=plan, from_at=from_at
        )


def _acts(reading: Reading, *, internal: bool) -> Iterator[Act]:
    """What happened, with the names that the ticket's own page shows to the same reader."""
    hidden = frozenset() if internal else _INSIDE
    shown = [event for event in reading.events if internal or KINDS[event.kind].is_public]
    names = reading.names | _assignees(shown) | _teams(shown) | names_in(shown)
    return (_act(event, names, hidden) for event in shown)


def _assignees(events: Iterable[Event]) -> dict[str, str]:
    given = {event.facts["assignee"] for event in events if event.facts.get("assignee")}
    people = Person.objects.filter(pk__in=given).values_list("pk", "name") if given else ()
    return {f"assignee:{person_id}": name for person_id, name in people}


def _teams(events: Iterable[Event]) -> dict[str, str]:
    given = {event.facts["team"] for event in events if event.facts.get("team")}
    teams = Team.objects.filter(pk__in=given).values_list("pk", "name") if given else ()
    return {f"team:{team_id}": name for team_id, name in teams}


def _act(event: Event, names: Mapping[str, str], hidden: frozenset[str]) -> Act:
    return Act(
        sequence=event.sequence,
        at=event.at,
        received_at=event.received_at,
        kind=event.kind,
        facts={name: fact for name, fact in event.facts.items() if name not in hidden},
        who=event.person.name if event.person else "",
        via=event.via,
        entry=happened_entry(event, names),
    )


def _proofs(reading: Reading) -> Iterator[Proof]:
    if reading.fold is None:
        return
    seen: dict[tuple[str, int], Promise] = {(p.kind, p.cycle): p for p in reading.promises}
    rows = {(row.kind, row.cycle): row for row in Row.objects.filter(ticket=reading.row)}
    for clock in sorted(reading.fold.clocks, key=lambda clock: clock.started_at):
        told = explain(reading.history, reading.terms, reading.fold.at, clock.kind, clock.cycle)
        yield Proof(
            why=why_of(reading, seen[clock.kind, clock.cycle], told),
            explained=told,
            recorded=_recorded(reading, rows.get((clock.kind, clock.cycle)), clock),
        )


def _recorded(reading: Reading, row: Row | None, clock: Clock) -> Mapping[str, object]:
    if row is None or not is_settled(row):
        return {}
    folded = as_row(reading.row.pk, clock)
    return {name: getattr(row, name) for name in differing(row, folded)}
