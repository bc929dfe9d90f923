"""The customer's list: their tickets and, with the right, their organisation's; what is open first."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import visible_to
from duly.desk.queries.clocks import leading, seen
from duly.desk.queries.promise import Promise
from duly.desk.tickets.ticket import UNFINISHED, Ticket

SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One ticket of the list."""

    number: int
    subject: str
    requester: str
    status: str
    waiting_on: str
    opened_at: datetime
    promise: Promise | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerTickets:
    """The list at an instant. `waiting` are those that wait for the customer."""

    waiting: tuple[Line, ...]
    open: tuple[Line, ...]
    past: tuple[Line, ...]


def customer_tickets(actor: Actor, at: datetime) -> CustomerTickets:
    """Read the list. Three statements; the latest fifty of what is over."""
    own = Q(requester=actor.person_id) | Q(organisation__in=list(actor.organisations))
    mine = visible_to(actor).filter(own).select_related("requester").order_by("-opened_at")
    unfinished = _lines(mine.filter(status__in=UNFINISHED)[:SIZE], at)
    return CustomerTickets(
        waiting=tuple(line for line in unfinished if line.waiting_on == "customer"),
        open=tuple(line for line in unfinished if line.waiting_on != "customer"),
        past=_lines(mine.exclude(status__in=UNFINISHED)[:SIZE], at),
    )


def _lines(rows: QuerySet[Ticket], at: datetime) -> tuple[Line, ...]:
    promises = seen([row.pk for row in rows], at)
    return tuple(
        Line(
            number=row.number,
            subject=row.subject,
            requester=str(row.requester),
            status=row.status,
            waiting_on=row.waiting_on,
            opened_at=row.opened_at,
            promise=leading(promises.get(row.pk, ())),
        )
        for row in rows
    )
