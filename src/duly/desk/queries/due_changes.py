"""Which dues of open tickets other terms would move: each ticket is folded with the change and without it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from duly.core import instant
from duly.core.clock.fold import fold
from duly.core.clock.values import Clock, Kind, State
from duly.core.events import Event as CoreEvent
from duly.core.events import Moved, Opened
from duly.desk.agreements.subscription import Binding
from duly.desk.agreements.terms import terms_of
from duly.desk.queries.reading import core_history
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class DueChange:
    """A promise of an open ticket that would be due at another instant, or no longer, or only then."""

    number: int
    subject: str
    kind: Kind
    old: datetime | None
    new: datetime | None

    @property
    def is_later(self) -> bool:
        """Whether the customer would wait longer."""
        return self.old is not None and (self.new is None or self.new > self.old)


def due_changes(tickets: Sequence[Ticket], new: Binding, *, last: int) -> tuple[DueChange, ...]:
    """Compare the dues that still run when `new` takes over; bindings behind `last` were only made for a look.

    One statement, once terms are loaded.
    """
    since = instant.from_datetime(max(new.from_at, new.made_at))
    histories = _histories(tickets)
    moved = Moved(at=since, binding=str(new.pk), why=new.why)
    return tuple(
        change
        for ticket in tickets
        for change in _of_ticket(ticket, _untouched(histories[ticket.pk], last), moved)
    )


def _histories(tickets: Sequence[Ticket]) -> Mapping[int, Sequence[CoreEvent]]:
    events: dict[int, list[Event]] = {ticket.pk: [] for ticket in tickets}
    for event in Event.objects.filter(ticket__in=tickets).order_by("ticket_id", "sequence"):
        events[event.ticket_id].append(event)
    return {pk: tuple(core_history(told)) for pk, told in events.items()}


def _untouched(history: Sequence[CoreEvent], last: int) -> list[CoreEvent]:
    return [e for e in history if not isinstance(e, Moved) or int(e.binding) <= last]


def _of_ticket(ticket: Ticket, history: list[CoreEvent], moved: Moved) -> Iterator[DueChange]:
    terms = terms_of(e.binding for e in [*history, moved] if isinstance(e, Opened | Moved))
    before = _dues(fold(history, terms, moved.at).clocks)
    after = _dues(fold([*history, moved], terms, moved.at).clocks)
    for kind in Kind:
        old, new = before.get(kind), after.get(kind)
        if old != new:
            yield DueChange(
                number=ticket.number, subject=ticket.subject, kind=kind, old=old, new=new
            )


def _dues(clocks: Sequence[Clock]) -> dict[Kind, datetime]:
    """When what runs is due; of each kind one cycle runs at most."""
    return {
        clock.kind: instant.to_datetime(clock.due_at)
        for clock in clocks
        if clock.state is State.RUNNING and clock.due_at is not None
    }
