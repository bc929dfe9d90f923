"""Whether the rows still say what the histories and the words say: each ticket folded again, nothing written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from duly.core import instant
from duly.core.clock.values import Fold, Kind
from duly.desk.clocks.history import History
from duly.desk.clocks.projection import Row, as_row, differing, is_settled, stored
from duly.desk.clocks.takeover import left_in_place
from duly.desk.tickets.derived import DERIVED, derived
from duly.desk.tickets.event import Event
from duly.desk.tickets.happening import Happening
from duly.desk.tickets.kinds import is_by_time
from duly.desk.tickets.marks import wrong
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.wording import stale

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that a row says otherwise than the history; `what` names the clock, or the ticket itself."""

    ticket: int
    what: str
    column: str
    stored: object
    folded: object

    def __str__(self) -> str:
        """Say it in a line."""
        return f"ticket {self.ticket}, {self.what}: {self.column} is {self.stored}, the history says {self.folded}"


def differences(*, ticket_ids: list[int] | None = None) -> Iterator[Difference]:
    """Replay the history of every ticket, or of some, and tell each difference from the rows.

    Each ticket is judged at the instant of its own last look: what time did since is the watch's business.
    """
    rows = Ticket.objects.order_by("pk")
    if ticket_ids is not None:
        rows = rows.filter(pk__in=ticket_ids)
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:_BATCH]):
        last = batch[-1].pk
        yield from _of_batch(batch)


def _of_batch(batch: list[Ticket]) -> Iterator[Difference]:
    ids = [ticket.pk for ticket in batch]
    events: dict[int, list[Event]] = {}
    for event in Event.objects.filter(ticket__in=ids).order_by("ticket_id", "sequence"):
        events.setdefault(event.ticket_id, []).append(event)
    clocks: dict[int, list[Row]] = {}
    for clock in stored(ids):
        clocks.setdefault(clock.ticket_id, []).append(clock)
    unfound, mistaken, left = set(stale(ids)), wrong(batch), left_in_place(batch)
    for ticket in batch:
        history, kept = events.get(ticket.pk, []), clocks.get(ticket.pk, [])
        yield from _of_one(ticket, history, kept, left.get(ticket.pk))
        if ticket.pk in unfound:
            yield _difference(ticket, "search", "words", "others", "those of its messages")
        if ticket.pk in mistaken:
            yield _difference(
                ticket, "tags and fields", "in queue", "otherwise", ticket.is_in_queue
            )


def _of_one(
    ticket: Ticket, events: list[Event], clocks: list[Row], kept_from: Happening | None
) -> Iterator[Difference]:
    try:
        replayed = _replayed(ticket, events)
    except Exception as failure:
        yield _difference(ticket, "history", "reading it", "events", repr(failure))
        return
    kinds = [(event.kind, event.at) for event in events]
    again = [(happening.kind, happening.at) for happening in replayed.fresh]
    if kinds != again:
        yield _difference(ticket, "history", "events", kinds, again)
    for column in DERIVED:
        name = derived(column).attname
        stored, folded = getattr(ticket, name), getattr(replayed.ticket, name)
        if stored != folded:
            yield _difference(ticket, "ticket", name, stored, folded)
    yield from _of_clocks(ticket, replayed, clocks)
    if kept_from is not None:
        yield from _of_left(ticket, replayed.supposing(kept_from), clocks)


def _of_left(ticket: Ticket, folded: Fold | None, clocks: list[Row]) -> Iterator[Difference]:
    """Terms that took over were to change no due of a ticket that did not move with them."""
    dues = {(each.kind, each.cycle): each.due_at for each in folded.clocks} if folded else {}
    for row in clocks:
        then = dues.get((Kind(row.kind), row.cycle))
        due_at = None if then is None else instant.to_datetime(then)
        if not is_settled(row) and row.due_at != due_at:
            what = f"{row.kind} {row.cycle} by the terms that took over"
            yield _difference(ticket, what, "due_at", row.due_at, due_at)


def _replayed(ticket: Ticket, events: list[Event]) -> History:
    """Let all that people did happen again to a newborn ticket, up to the instant of the last look."""
    newborn = Ticket(pk=ticket.pk, opened_at=ticket.opened_at, last_event_at=ticket.opened_at)
    binding = events[0].facts.get("binding") if events else None
    newborn.binding_id = int(binding) if binding else None
    history = History(newborn)
    for event in events:
        if not is_by_time(event.kind, event.facts):
            history.append(
                Happening(
                    kind=event.kind, at=event.at, facts=event.facts, received_at=event.received_at
                )
            )
    before_next = ticket.wakes_at - timedelta(seconds=1) if ticket.wakes_at else ticket.opened_at
    history.pass_time(max(before_next, ticket.last_event_at))
    return history


def _of_clocks(ticket: Ticket, replayed: History, kept: list[Row]) -> Iterator[Difference]:
    folded = [as_row(ticket.pk, clock) for clock in replayed.fold.clocks] if replayed.fold else []
    rows = {(row.kind, row.cycle): row for row in folded}
    there = {(row.kind, row.cycle): row for row in kept}
    for key in sorted(rows.keys() | there.keys()):
        what = f"{key[0]} {key[1]}"
        before, after = there.get(key), rows.get(key)
        if before is None or after is None:
            yield _difference(ticket, what, "row", before is not None, after is not None)
            continue
        for name in differing(before, after):
            yield _difference(ticket, what, name, getattr(before, name), getattr(after, name))


def _difference(
    ticket: Ticket, what: str, column: str, stored: object, folded: object
) -> Difference:
    return Difference(ticket=ticket.number, what=what, column=column, stored=stored, folded=folded)
