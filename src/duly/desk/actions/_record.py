"""The door: everything that happens to a ticket is recorded here, and its promises follow.

It has two openings, `record` for one ticket and `record_many` for sets of them; both leave identical rows. There is no
third. Whoever comes in has locked the tickets and checked the rights.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import NewType, TypeAlias

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.functions import Cast, Extract

from duly.core.clock.values import Fold
from duly.desk import rows
from duly.desk.access.actor import Actor
from duly.desk.clocks import projection
from duly.desk.clocks.history import History
from duly.desk.clocks.takeover import pending
from duly.desk.errors import NotFound
from duly.desk.mailroom.audience import is_told
from duly.desk.mailroom.outbox import Outbox
from duly.desk.tickets import derived, marks, wording
from duly.desk.tickets.event import Event
from duly.desk.tickets.happening import Happening, Past
from duly.desk.tickets.marks import MARKED
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.wording import WORDED

LockedTicket = NewType("LockedTicket", Ticket)
"""A ticket row held by this transaction: made by `locked`, by `locked_many` and by opening."""

_AS_IT_HAPPENED = ("at", "kind", "facts", "person_id", "via", "received_at")
"""The columns of an event that its happening has."""

Entry: TypeAlias = tuple[LockedTicket, Sequence[Happening]]


def locked(ticket_id: int) -> LockedTicket:
    """Lock one ticket for this transaction.

    Raises:
        NotFound: there is none.
    """
    for ticket in locked_many([ticket_id]):
        return ticket
    raise NotFound


def locked_many(ticket_ids: Iterable[int]) -> list[LockedTicket]:
    """Lock those of the tickets that exist, in the order of their ids."""
    rows = Ticket.objects.select_for_update().filter(pk__in=list(ticket_ids)).order_by("pk")
    return [LockedTicket(row) for row in rows]


def record(ticket: LockedTicket, *happenings: Happening, actor: Actor, at: datetime) -> None:
    """Record what happened to one ticket, and what time did to it until `at`."""
    record_many([(ticket, happenings)], actor=actor, at=at)


def record_many(entries: Sequence[Entry], *, actor: Actor, at: datetime) -> None:
    """Record what happened to each of many different tickets, and what time did to them until `at`.

    The number of statements does not grow with the number of tickets.
    """
    assert connection.in_atomic_block, "the door stands inside a transaction"
    if not entries:
        return
    histories, moves = _read(entries, at)
    for (ticket, happenings), history in zip(entries, histories, strict=True):
        if ticket.pk in moves:
            history.append(moves[ticket.pk])
        for happening in happenings:
            history.append(replace(happening, person_id=actor.person_id, via=actor.via))
        history.pass_time(at)
    _save(histories, at)


def supposing(ticket: LockedTicket, happening: Happening) -> Fold | None:
    """Fold a ticket as if something happened, without recording it: so core decides whether it would count."""
    (history,), moves = _read([(ticket, [happening])], happening.at)
    if ticket.pk in moves:
        history.supposing(moves[ticket.pk])
    return history.supposing(happening)


def _read(entries: Sequence[Entry], at: datetime) -> tuple[list[History], Mapping[int, Happening]]:
    """Read the histories, and the moves to other terms that came and are in none of them."""
    tickets = [ticket for ticket, _ in entries]
    old = [ticket.pk for ticket in tickets if ticket.sequence]
    pasts: dict[int, list[Past]] = {}
    if old:
        events = Event.objects.filter(ticket__in=old).order_by("ticket_id", "sequence")
        columns = ("ticket_id", "kind", Cast(Extract("at", "epoch"), BigIntegerField()), "facts")
        for ticket_id, *past in events.values_list(*columns):
            pasts.setdefault(ticket_id, []).append(Past._make(past))
    histories = [History(ticket, pasts.get(ticket.pk, ())) for ticket in tickets]
    untold = [
        ticket
        for ticket, happenings in entries
        if not any(happening.kind == "moved" for happening in happenings)
    ]
    return histories, pending(untold, at)


def _save(histories: Sequence[History], at: datetime) -> None:
    _save_events(histories, at)
    folds = {h.ticket.pk: h.fold for h in histories if h.fold is not None}
    new = [h.ticket.pk for h in histories if h.ticket.sequence == len(h.fresh)]
    projection.save(folds, new=new)
    derived.save([history.ticket for history in histories])
    marks.save({h.ticket.pk: h.ticket.is_in_queue for h in histories if _marks_change(h)})
    wording.save({h.ticket.pk for h in histories if any(x.kind in WORDED for x in h.fresh)})


def _marks_change(history: History) -> bool:
    """Whether the ticket came to the queue or left it; a mark is new-born in the queue."""
    is_in = history.ticket.is_in_queue
    return is_in != history.was_in_queue or (
        not is_in and any(each.kind in MARKED for each in history.fresh)
    )


def _save_events(histories: Sequence[History], at: datetime) -> None:
    fresh = [
        (history.ticket.pk, sequence, happening)
        for history in histories
        for sequence, happening in enumerate(
            history.fresh, start=history.ticket.sequence - len(history.fresh) + 1
        )
    ]
    values = attrgetter(*_AS_IT_HAPPENED)
    ids = rows.insert(
        Event,
        ("ticket", "sequence", *_AS_IT_HAPPENED),
        [(ticket_id, sequence, *values(happening)) for ticket_id, sequence, happening in fresh],
    )
    told = [
        (number, at)
        for number, (*_, happening) in zip(ids, fresh, strict=True)
        if is_told(happening.kind, happening.facts)
    ]
    rows.insert(Outbox, ("event", "put_at"), told)
