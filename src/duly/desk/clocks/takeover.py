"""Which tickets terms move that take over: those whose clocks count time that is counted otherwise."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from django.db.models import BooleanField, Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from duly.core import instant
from duly.core.clock.values import State
from duly.core.events import Moved
from duly.core.spans import Span, Spans
from duly.desk.agreements.subscription import Subscription
from duly.desk.agreements.takeover import (
    Takeover,
    counted_otherwise,
    differ_in_calendars_alone,
    done,
    in_force,
    say_the_same,
)
from duly.desk.clocks.clock import Clock
from duly.desk.clocks.projection import SETTLED
from duly.desk.tickets.happening import Happening, happening
from duly.desk.tickets.ticket import Status, Ticket

_OPEN = [state.value for state in State if state not in SETTLED]
_GOES_ON = ~Q(status=Status.CLOSED.value) | Q(merged_into__isnull=False)
_TOUCHED = """state = 'running' AND due_at IS NULL OR state IN ('running', 'paused') AND tstzrange(started_at,
    greatest(started_at, CASE state WHEN 'running' THEN due_at ELSE %s END), '[]') && %s::tstzmultirange"""
"""The time that an open clock counts, as `duly.core.clock.takeover` says."""


def pending(tickets: Sequence[Ticket], at: datetime) -> Mapping[int, Happening]:
    """Give the moves that came by an instant to tickets that go on, and that these do not know yet. One statement."""
    return _moves(tickets, partial(in_force, at=at))


def left_in_place(tickets: Sequence[Ticket]) -> Mapping[int, Happening]:
    """Give the moves that were kept from tickets because they change nothing there. One statement."""
    return _moves(tickets, done)


def _moves(
    tickets: Sequence[Ticket], find: Callable[[Iterable[int]], Mapping[int, Takeover]]
) -> Mapping[int, Happening]:
    asked = [(ticket, held) for ticket in tickets if (held := _may_move(ticket))]
    if not asked:
        return {}
    holding = find(subscription for _, (subscription, _) in asked)
    return {
        ticket.pk: replace(move_to(takeover), person_id=takeover.person_id)
        for ticket, (subscription, binding) in asked
        if (takeover := holding.get(subscription))
        and not say_the_same(binding, takeover.binding_id)
    }


def _may_move(ticket: Ticket) -> tuple[int, int] | None:
    """The subscription and the binding of a ticket that goes on; a closed one keeps its terms, one that is opened has
    the latest.
    """
    is_over = ticket.status == Status.CLOSED.value and ticket.merged_into_id is None
    if (
        is_over
        or not ticket.sequence
        or ticket.subscription_id is None
        or ticket.binding_id is None
    ):
        return None
    return ticket.subscription_id, ticket.binding_id


def move_to(takeover: Takeover) -> Happening:
    """Make the event that moves a ticket to terms, at the instant at which they took over."""
    at = instant.from_datetime(takeover.at)
    return happening(Moved(at=at, binding=str(takeover.binding_id), why=takeover.why))


def moved_by(row: Subscription, holding: int, at: datetime) -> list[int]:
    """Lock the tickets of a subscription that go on under other terms; give the ids of those that change by it.

    All are locked first, so that nobody adds a clock to one that was found to stay as it is.
    """
    others = Ticket.objects.filter(_GOES_ON, subscription=row, binding__isnull=False)
    others = others.exclude(binding=holding)
    held = others.select_for_update(of=("self",)).order_by("pk")
    by_binding: dict[int, list[int]] = {}
    for binding, ticket in held.values_list("binding_id", "pk"):
        by_binding.setdefault(binding, []).append(ticket)
    moved: list[int] = []
    for binding, tickets in by_binding.items():
        if not differ_in_calendars_alone(binding, holding):
            moved += tickets
        elif not say_the_same(binding, holding):
            moved += _touched(others.filter(binding=binding), binding, holding, at)
    return sorted(moved)


def _touched(tickets: QuerySet[Ticket], binding: int, holding: int, at: datetime) -> list[int]:
    clocks = Clock.objects.filter(state__in=_OPEN)
    counted = clocks.filter(ticket__in=tickets).aggregate(
        since=Min("started_at"), until=Max("due_at")
    )
    since, until = counted["since"] or at, max(counted["until"] or at, at)
    window = Span(*map(instant.from_datetime, (since, until + timedelta(seconds=1))))
    spans = _multirange(counted_otherwise(binding, holding, window))
    touched = RawSQL(_TOUCHED, [at, spans], output_field=BooleanField())  # noqa: S611
    stale = ~Q(priority=OuterRef("priority"))
    found = tickets.filter(Exists(clocks.filter(stale | Q(touched), ticket=OuterRef("pk"))))
    return list(found.values_list("pk", flat=True))


def _multirange(spans: Spans) -> str:
    inside = (f"[{instant.text(span.start)},{instant.text(span.end)})" for span in spans)
    return f"{{{','.join(inside)}}}"
