"""How tickets stand against what their plan covers: so many a month, so many minutes each. core does the sums."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from duly.core import allowance, instant
from duly.core.allowance import Allowance, Minutes, Usage
from duly.core.events import Event as CoreEvent
from duly.core.events import Merged, Opened
from duly.core.periods import period
from duly.core.terms import Terms
from duly.desk.agreements.subscription import Binding
from duly.desk.tickets.event import Event
from duly.desk.tickets.happening import core_event
from duly.desk.tickets.ticket import Ticket

OVER = "over"
"""The fact of an opening that names the allowances it was beyond."""


def if_opened(subscription_id: int, terms: Terms, at: datetime) -> Mapping[str, Usage]:
    """How a ticket opened now would stand in each allowance that counts tickets, itself counted.

    Opening locks the subscription, so that each ticket has its own place in the count.
    """
    found: dict[str, Usage] = {}
    for name, each in _counting_tickets(terms).items():
        histories = _histories(subscription_id, each, at)
        opening = histories[0] = _history(at)
        usage = _usage(each, subscription_id, histories, opening, at)
        assert usage is not None, "the ticket is opened now"
        found[name] = usage
    return found


def tickets_used(
    ticket: Ticket, terms: Terms, at: datetime, *, over: Collection[str]
) -> Mapping[str, Usage]:
    """How a ticket stands now in each allowance that counts tickets; `over` was decided at its opening and stays."""
    if ticket.subscription_id is None:
        return {}
    found: dict[str, Usage] = {}
    for name, each in _counting_tickets(terms).items():
        histories = _histories(ticket.subscription_id, each, ticket.opened_at)
        usage = _usage(each, ticket.subscription_id, histories, histories[ticket.pk], at)
        assert usage is not None, "the ticket was opened before now"
        found[name] = replace(usage, over=name in over)
    return found


def minutes_used(
    ticket: Ticket, terms: Terms, at: datetime, *, history: Sequence[CoreEvent] | None = None
) -> Mapping[str, Minutes]:
    """How the time spent stands now in each allowance of minutes: of this ticket, or of all that share a period.

    The ticket's own events need not be read again when its `history` is at hand.
    """
    return {
        name: allowance.minutes_used(
            each,
            name,
            [history if history is not None and each.per is None else _spent(ticket, each)],
            instant.from_datetime(at),
            since=_begun(ticket.subscription_id, each),
        )
        for name, each in terms.allowances.items()
        if each.counts == "minutes"
    }


def _counting_tickets(terms: Terms) -> dict[str, Allowance]:
    return {
        name: each
        for name, each in terms.allowances.items()
        if each.counts == "tickets" and each.per is not None and each.limit is not None
    }


def _usage(
    each: Allowance,
    subscription_id: int,
    histories: Mapping[int, list[CoreEvent]],
    history: list[CoreEvent],
    at: datetime,
) -> Usage | None:
    return allowance.tickets_used(
        each,
        histories.values(),
        history,
        instant.from_datetime(at),
        since=_begun(subscription_id, each),
    )


def _histories(
    subscription_id: int, each: Allowance, opened_at: datetime
) -> dict[int, list[CoreEvent]]:
    """Give, by ticket and in the order of numbers, all that may count; carried over is what whole years left."""
    assert each.per is not None
    whole = each.carry_over.expires if each.carry_over else each.per
    first = period(instant.from_datetime(opened_at), whole, each.zone).span.start
    rows = Ticket.objects.filter(
        subscription=subscription_id, opened_at__gte=instant.to_datetime(first)
    )
    columns = rows.order_by("number").values_list("pk", "opened_at", "merged_into", "excluded_by")
    return {pk: _history(when, is_out=bool(into or cause)) for pk, when, into, cause in columns}


def _history(opened_at: datetime, *, is_out: bool = False) -> list[CoreEvent]:
    """As much of a history as counts here: what is merged or excluded by now uses nothing."""
    at = instant.from_datetime(opened_at)
    return [Opened(at=at, binding=""), *([Merged(at=at, into="")] if is_out else [])]


def _spent(ticket: Ticket, each: Allowance) -> list[CoreEvent]:
    rows = Event.objects.filter(kind="spent")
    rows = (
        rows.filter(ticket=ticket)
        if each.per is None
        else rows.filter(ticket__subscription=ticket.subscription_id)
    )
    found = (core_event(*row) for row in rows.values_list("kind", "at", "facts"))
    return [event for event in found if event is not None]


def _begun(subscription_id: int | None, each: Allowance) -> int | None:
    """When there began to be something to carry over."""
    if each.carry_over is None or subscription_id is None:
        return None
    first = Binding.objects.filter(subscription=subscription_id).order_by("from_at").first()
    return None if first is None else instant.from_datetime(first.from_at)
