"""The customer's list: their own tickets or their organisations', open or all, the newest first, page by page."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, QuerySet

from duly.core import instant
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import visible_to
from duly.desk.people.role import Right
from duly.desk.queries.clocks import leading, seen
from duly.desk.queries.promise import Promise
from duly.desk.tickets.ticket import UNFINISHED, Ticket

SIZE = 50
CUSTOMER = "customer"
_FAR = 32_503_680_000
"""The year 3000: nobody's page ends later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the list should show; `after` is where the page before ended, as `CustomerTickets.more` names it."""

    mine: bool = False
    past: bool = False
    after: str = ""


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
    """A page of the list. `waiting` are open tickets that wait for the customer: they head the first page."""

    waiting: tuple[Line, ...]
    lines: tuple[Line, ...]
    more: str
    """Where the next page begins; empty on the last."""
    is_shared: bool
    """Whether the reader sees tickets of colleagues too, so that there are two lists."""


def customer_tickets(actor: Actor, wanted: Wanted, at: datetime) -> CustomerTickets:
    """Read a page. Four statements, once terms are loaded."""
    own = Q(requester=actor.person_id)
    if not wanted.mine:
        own |= Q(organisation__in=list(actor.organisations))
    rows = visible_to(actor).filter(own).select_related("requester")
    waiting: tuple[Line, ...] = ()
    if not wanted.past:
        rows = rows.filter(status__in=UNFINISHED)
        waiting = () if wanted.after else _page(rows.filter(waiting_on=CUSTOMER), at)[0]
        rows = rows.exclude(waiting_on=CUSTOMER)
    lines, more = _page(_behind(rows, wanted.after), at)
    return CustomerTickets(
        waiting=waiting,
        lines=lines,
        more=more,
        is_shared=any(
            Right.SEE_ORGANISATION_TICKETS in rights for rights in actor.organisations.values()
        ),
    )


def _behind(rows: QuerySet[Ticket], after: str) -> QuerySet[Ticket]:
    """Go on behind a ticket: by when it was opened, and by its id where several were opened at once."""
    second, _, pk = after.partition(".")
    if not (second.isdecimal() and pk.isdecimal() and len(pk) < 19):
        return rows
    opened_at = datetime.fromtimestamp(min(int(second[:18]), _FAR), UTC)
    return rows.filter(Q(opened_at__lt=opened_at) | Q(opened_at=opened_at, pk__lt=int(pk)))


def _page(rows: QuerySet[Ticket], at: datetime) -> tuple[tuple[Line, ...], str]:
    found = list(rows.order_by("-opened_at", "-pk")[: SIZE + 1])
    shown = found[:SIZE]
    promises = seen([row.pk for row in shown], at)
    lines = tuple(
        Line(
            number=row.number,
            subject=row.subject,
            requester=str(row.requester),
            status=row.status,
            waiting_on=row.waiting_on,
            opened_at=row.opened_at,
            promise=leading(promises.get(row.pk, ())),
        )
        for row in shown
    )
    last = shown[-1] if len(found) > SIZE else None
    return lines, f"{instant.from_datetime(last.opened_at)}.{last.pk}" if last else ""
