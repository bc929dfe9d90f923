"""The tickets of two years with whole histories, recorded through the door by several processes at once."""

import gc
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from operator import attrgetter
from time import perf_counter
from typing import Any, TypeAlias

from django.db import connection, transaction

from bench._desk_furnish import SPAN, Customer, Desk
from duly.core import instant
from duly.core.events import Event as CoreEvent
from duly.core.events import Facts, Opened, Prioritised, Replied, Resolved, WaitingBegan
from duly.desk import rows
from duly.desk.access.actor import the_desk
from duly.desk.actions._record import Entry, LockedTicket, record_many
from duly.desk.clocks.clock import Clock
from duly.desk.tickets.event import Event
from duly.desk.tickets.happening import Happening, happening
from duly.desk.tickets.message import Message
from duly.desk.tickets.tag import Tagging
from duly.desk.tickets.ticket import Ticket

COUNTED = ((Ticket, "tickets"), (Event, "events"), (Clock, "clocks"), (Message, "messages"))
"""The rows that make a desk full."""
TOGETHER = 500
"""Tickets recorded in one transaction."""
EVERY_SECONDS = 30
"""How often a load says how far it is."""
RECENT = timedelta(days=21)
LONG_TALK = 20
"""Messages of the very last ticket, which is never resolved."""
CHANNELS = (("web", "email", "phone"), (60, 39, 1))
ASSIGNED = 0.6
TAGGED_OLD, TAGGED_NEW = 0.3, 0.001
"""The share of tickets with the one tag: of those that are over, and of those that are not."""
COMMON, RARE = "printer", "zyzzyva"
RARE_EVERY = 5_000
_BORN = [
    field.attname for field in Ticket._meta.concrete_fields if field.attname not in ("id", "number")
]
_BORN_WITH = attrgetter(*_BORN)
_TAGGED = ("ticket", "tag", "is_in_queue")
_SAID = ("ticket", "author", "is_from_agent", "text", "html", "written_at")
WORDS = [a + b + c for a in ("ka", "lo", "mi", "ru") for b in "bdfgklmnprst" for c in ("an", "o")]


Opening: TypeAlias = tuple[int, tuple[datetime, bool | None]]
"""The number of a ticket, when it is opened, and whether it ends; None: it is the one of the long talk."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A ticket to come: whose it is, who has it, and what is said and done when."""

    customer: Customer
    opened_at: datetime
    subject: str
    priority: str
    channel: str
    team: int
    assignee: int | None
    is_tagged: bool
    steps: tuple[tuple[datetime, str], ...]


def load(
    desk: Desk,
    tickets: int,
    now: datetime,
    *,
    unfinished: float,
    processes: int = 1,
    say: Callable[[str], None] = print,
) -> None:
    """Record the tickets in the order in which they were opened, the last with a long talk, and say how it goes on.

    The share that is `unfinished` is recent; the others are resolved and closed.
    """
    recent, chance = int(tickets * unfinished), random.Random(7)
    old = sorted(now - RECENT - chance.random() * (SPAN - RECENT) for _ in range(tickets - recent))
    new = sorted(now - chance.random() * RECENT for _ in range(recent))
    ends = [True] * len(old) + [False] * (len(new) - 1) + [None]
    openings = list(enumerate(zip([*old, *new], ends, strict=True)))
    early, last = openings[:-1], openings[-1:]
    batches = [early[n : n + TOGETHER] for n in range(0, len(early), TOGETHER)]

    def record(share: int) -> None:
        mine, told = batches[share::processes], perf_counter()
        for number, batch in enumerate(mine):
            _record_all(desk, batch, now)
            if share == 0 and perf_counter() - told > EVERY_SECONDS:
                told = perf_counter()
                say(f"about {(number + 1) / len(mine):.0%} of the tickets are there")

    shared(processes, record)
    _record_all(desk, last, now)


def shared(processes: int, work: Callable[[int], None]) -> None:
    """Let processes do a share of the work each; they have this one's desk and connections of their own."""
    if processes == 1:
        work(0)
        return
    pooled: Any = connection
    pooled.close()
    pooled.close_pool()
    gc.freeze()  # as a worker does
    context = get_context("fork")
    children = [context.Process(target=work, args=(share,)) for share in range(processes)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert not any(child.exitcode for child in children), "a part of the tickets is missing"


def _record_all(desk: Desk, batch: Sequence[Opening], now: datetime) -> None:
    chance = random.Random(batch[0][0])
    drafts = [_draft(desk, opening, now, chance) for opening in batch]
    with transaction.atomic():
        _record(desk, drafts, now, chance)


def _draft(desk: Desk, opening: Opening, now: datetime, chance: random.Random) -> Draft:
    number, (opened_at, ends) = opening
    # Few customers have many tickets, as everywhere.
    customer = desk.customers[int(len(desk.customers) * chance.random() ** 2)]
    subject = f"{chance.choice(WORDS)} {chance.choice(WORDS)} does not {chance.choice(WORDS)}"
    rare = f" {RARE}" if number % RARE_EVERY == RARE_EVERY // 2 else ""
    level = min(int(chance.expovariate(1)), len(customer.levels) - 1)
    steps = _talk(opened_at, now) if ends is None else _steps(opened_at, ends, chance)
    team = int(len(desk.teams) * chance.random())
    colleagues = desk.agents[team :: len(desk.teams)]
    return Draft(
        customer=customer,
        opened_at=opened_at,
        subject=subject + rare,
        priority=customer.levels[-1 - level],
        channel=chance.choices(*CHANNELS)[0],
        team=desk.teams[team],
        assignee=chance.choice(colleagues).pk if chance.random() < ASSIGNED else None,
        is_tagged=chance.random() < (TAGGED_OLD if ends else TAGGED_NEW),
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
    tagged = [number for number, draft in zip(ids, drafts, strict=True) if draft.is_tagged]
    rows.insert(Tagging, _TAGGED, [(number, desk.tag, True) for number in tagged])
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
        channel=draft.channel,
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
        facts=Facts(channel=draft.channel),
    )
    who = {} if draft.assignee is None else {"assignee": draft.assignee}
    yield happening(opened, message=next(written), team=draft.team, **who)
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
