"""A desk as it is after two years: four policies, many customers, and tickets with whole histories through the door."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from operator import attrgetter
from pathlib import Path

from django.db import connection, transaction

from duly.core import instant
from duly.core.events import Event as CoreEvent
from duly.core.events import (
    Facts,
    Opened,
    Prioritised,
    Replied,
    Resolved,
    WaitingBegan,
)
from duly.desk import rows
from duly.desk.access.actor import Actor, actor_for, the_desk
from duly.desk.actions._record import Entry, LockedTicket, record_many
from duly.desk.actions.agreements.publish import publish
from duly.desk.actions.agreements.set_calendar import set_calendar
from duly.desk.actions.agreements.subscribe import subscribe
from duly.desk.actions.people.invite import invite_agent, invite_contact
from duly.desk.actions.people.organise import add_organisation, add_team
from duly.desk.actions.setup.found import found
from duly.desk.agreements.subscription import Binding
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.clocks.clock import Clock
from duly.desk.people.person import Person
from duly.desk.tickets.event import Event
from duly.desk.tickets.happening import Happening, happening
from duly.desk.tickets.message import Message
from duly.desk.tickets.ticket import Ticket

COUNTED = ((Ticket, "tickets"), (Event, "events"), (Clock, "clocks"), (Message, "messages"))
"""The rows that make a desk full."""
POLICIES = Path(__file__).parents[1] / "policies"
PLANS = (
    ("photoprism", {"plan": "gold"}),
    ("neptune", {"plan": "basic"}),
    ("segment", {"plan": "premium", "choices": {"support-window": "gmt"}}),
    ("ujet", {"plan": "premium"}),
)
OFFICES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Europe/London")
TOGETHER = 500
"""Tickets recorded in one transaction."""
SPAN = timedelta(days=730)
RECENT = timedelta(days=21)
UNFINISHED = 0.3
"""The share of tickets that are recent and not resolved."""
LONG_TALK = 20
"""Messages of the very last ticket, which is never resolved."""
COMMON, RARE = "printer", "zyzzyva"
RARE_EVERY = 5_000
_BORN = [
    field.attname for field in Ticket._meta.concrete_fields if field.attname not in ("id", "number")
]
_BORN_WITH = attrgetter(*_BORN)
_SAID = ("ticket", "author", "is_from_agent", "text", "html", "written_at")
WORDS = [a + b + c for a in ("ka", "lo", "mi", "ru") for b in "bdfgklmnprst" for c in ("an", "o")]


@dataclass(frozen=True, slots=True)
class Customer:
    """An organisation with one contact, its subscription and binding, and the priorities that its plan knows."""

    organisation: int
    contact: Person
    subscription: int
    binding: int
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who is there before the first ticket."""

    boss: Actor
    agents: tuple[Person, ...]
    teams: tuple[int, ...]
    customers: tuple[Customer, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A ticket to come: whose it is, and what is said and done when."""

    customer: Customer
    opened_at: datetime
    subject: str
    priority: str
    team: int
    steps: tuple[tuple[datetime, str], ...]


def furnish(now: datetime, customers: int) -> Desk:
    """Bring in people and agreements through the actions, as they were made two years ago."""
    at = now - SPAN - timedelta(days=1)
    owner = found(email="owner@desk.example", name="Olga", password=None, at=at)
    boss = actor_for(owner, via="web")
    teams = tuple(add_team(actor=boss, name=f"Team {n}", at=at).pk for n in range(4))
    agents = tuple(
        invite_agent(
            actor=boss,
            email=f"agent{n}@desk.example",
            name=f"Agent {n}",
            team_ids=(teams[n % len(teams)],),
            at=at,
        )
        for n in range(8)
    )
    versions = [
        publish(actor=boss, source=(POLICIES / f"{key}.yaml").read_text(), at=at).pk
        for key, _ in PLANS
    ]
    known = tuple(_customer(boss, n, versions[n % len(PLANS)], at) for n in range(customers))
    return Desk(boss, agents, teams, known)


def _customer(boss: Actor, number: int, version: int, at: datetime) -> Customer:
    zone = OFFICES[number % len(OFFICES)]
    place = add_organisation(actor=boss, name=f"Organisation {number}", zone=zone, at=at)
    week = {"zone": zone, "week": {"mon-fri": "09:00-17:00"}}
    set_calendar(actor=boss, organisation_id=place.pk, calendar=week, at=at)
    contact = invite_contact(
        actor=boss,
        organisation_id=place.pk,
        email=f"contact{number}@customer.example",
        name=f"Contact {number}",
        at=at,
    )
    subscription = subscribe(
        actor=boss,
        organisation_id=place.pk,
        version_id=version,
        held=PLANS[number % len(PLANS)][1],
        from_on=at.date() - timedelta(days=1),
        at=at,
    )
    binding = Binding.objects.filter(subscription=subscription).latest("pk").pk
    terms = terms_of_binding(binding)
    assert terms is not None
    levels = tuple(level.key for level in terms.priorities)
    return Customer(place.pk, contact, subscription.pk, binding, levels)


def load(desk: Desk, tickets: int, now: datetime) -> None:
    """Record the tickets in the order in which they were opened, the last with a long talk."""
    chance = random.Random(7)
    drafts = _drafts(desk, tickets, now, chance)
    while batch := list(islice(drafts, TOGETHER)):
        with transaction.atomic():
            _record(desk, batch, now, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _drafts(desk: Desk, tickets: int, now: datetime, chance: random.Random) -> Iterator[Draft]:
    recent = int(tickets * UNFINISHED)
    old = sorted(now - RECENT - chance.random() * (SPAN - RECENT) for _ in range(tickets - recent))
    new = sorted(now - chance.random() * RECENT for _ in range(recent))
    for number, opened_at in enumerate([*old, *new]):
        # Few customers have many tickets, as everywhere.
        customer = desk.customers[int(len(desk.customers) * chance.random() ** 2)]
        subject = f"{chance.choice(WORDS)} {chance.choice(WORDS)} does not {chance.choice(WORDS)}"
        rare = f" {RARE}" if number % RARE_EVERY == RARE_EVERY // 2 else ""
        level = min(int(chance.expovariate(1)), len(customer.levels) - 1)
        is_last = number == tickets - 1
        steps = _talk(opened_at, now) if is_last else _steps(opened_at, number < len(old), chance)
        yield Draft(
            customer=customer,
            opened_at=opened_at,
            subject=subject + rare,
            priority=customer.levels[-1 - level],
            team=desk.teams[int(len(desk.teams) * chance.random())],
            steps=tuple(step for step in steps if step[0] < now),
        )


def _steps(
    opened_at: datetime, ends: bool, chance: random.Random
) -> Iterator[tuple[datetime, str]]:
    at = opened_at
    for _ in range(1 + int(chance.expovariate(1.2))):
        at += timedelta(hours=chance.expovariate(1 / 6))
        yield at, "prioritised" if chance.random() < 0.1 else "agent"
        if chance.random() < 0.5:
            yield at, "waiting"
            if not ends and chance.random() < 0.5:
                return
            at += timedelta(hours=chance.expovariate(1 / 20))
            yield at, "customer"
    if ends:
        yield at + timedelta(hours=chance.expovariate(1 / 10)), "resolved"


def _talk(opened_at: datetime, now: datetime) -> Iterator[tuple[datetime, str]]:
    pause = (now - opened_at) / (LONG_TALK + 1)
    for turn in range(1, LONG_TALK):
        yield opened_at + turn * pause, "agent" if turn % 2 else "customer"


def _record(desk: Desk, drafts: list[Draft], now: datetime, chance: random.Random) -> None:
    tickets = [_row(draft) for draft in drafts]
    ids = rows.insert(Ticket, _BORN, [_BORN_WITH(ticket) for ticket in tickets])
    said = [
        message
        for number, draft in zip(ids, drafts, strict=True)
        for message in _messages(desk, number, draft, chance)
    ]
    written = iter(rows.insert(Message, _SAID, said))
    entries: list[Entry] = []
    for number, ticket, draft in zip(ids, tickets, drafts, strict=True):
        ticket.pk = number
        entries.append((LockedTicket(ticket), list(_history(draft, written))))
    record_many(entries, actor=the_desk("import"), at=now)


def _row(draft: Draft) -> Ticket:
    opened_at = draft.opened_at.replace(microsecond=0)
    return Ticket(
        subject=draft.subject,
        organisation_id=draft.customer.organisation,
        requester_id=draft.customer.contact.pk,
        subscription_id=draft.customer.subscription,
        binding_id=draft.customer.binding,
        channel="web",
        opened_at=opened_at,
        last_event_at=opened_at,
    )


def _messages(desk: Desk, number: int, draft: Draft, chance: random.Random) -> Iterable[rows.Row]:
    """The columns of `_SAID`."""
    said = ((at, by) for at, by in draft.steps if by in ("agent", "customer"))
    for at, by in [(draft.opened_at, "customer"), *said]:
        words = chance.choices(WORDS, k=40)
        common = [COMMON] if chance.random() < 0.1 else []
        author = draft.customer.contact if by == "customer" else chance.choice(desk.agents)
        yield number, author.pk, by == "agent", " ".join(words + common), "", at


def _history(draft: Draft, written: Iterator[int]) -> Iterator[Happening]:
    opened = Opened(
        at=instant.from_datetime(draft.opened_at),
        binding=str(draft.customer.binding),
        priority=draft.priority,
        facts=Facts(channel="web"),
    )
    yield happening(opened, message=next(written), team=draft.team)
    for at, what in draft.steps:
        event, second = _event(draft, what, at), instant.from_datetime(at)
        if what in ("agent", "customer"):
            yield happening(event, message=next(written))
        elif what == "resolved":
            closes_at = second + int(timedelta(days=7).total_seconds())
            yield happening(event, closes_at=instant.text(closes_at))
        else:
            yield happening(event)


def _event(draft: Draft, what: str, at: datetime) -> CoreEvent:
    second = instant.from_datetime(at)
    match what:
        case "agent":
            return Replied(at=second, by="agent")
        case "customer":
            return Replied(at=second, by="customer")
        case "waiting":
            return WaitingBegan(at=second, on="customer")
        case "prioritised":
            return Prioritised(at=second, priority=draft.customer.levels[-1])
    return Resolved(at=second, by="agent")
