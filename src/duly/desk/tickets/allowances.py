"""How tickets stand against what their plan covers: so many a month, so many minutes each. core does the sums."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Min

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
    return if_opened_each({subscription_id: terms}, at)[subscription_id]


def if_opened_each(terms: Mapping[int, Terms], at: datetime) -> Mapping[int, Mapping[str, Usage]]:
    """The same for many subscriptions at once. One statement, and one more where something is carried over."""
    counting = {pk: _counting_tickets(each) for pk, each in terms.items()}
    opened, begun = _opened(counting, at), _begun(counting)
    return {
        pk: {
            name: _usage(
                each, {**_histories(opened[pk], each, at), 0: _history(at)}, 0, begun.get(pk), at
            )
            for name, each in allowances.items()
        }
        for pk, allowances in counting.items()
    }


def tickets_used(
    ticket: Ticket, terms: Terms, at: datetime, *, over: Collection[str]
) -> Mapping[str, Usage]:
    """How a ticket stands now in each allowance that counts tickets; `over` was decided at its opening and stays."""
    it = ticket.subscription_id
    if it is None:
        return {}
    counting = {it: _counting_tickets(terms)}
    opened, begun = _opened(counting, ticket.opened_at), _begun(counting).get(it)
    found: dict[str, Usage] = {}
    for name, each in counting[it].items():
        histories = _histories(opened[it], each, ticket.opened_at)
        found[name] = replace(_usage(each, histories, ticket.pk, begun, at), over=name in over)
    return found


def minutes_used(
    ticket: Ticket, terms: Terms, at: datetime, *, history: Sequence[CoreEvent] | None = None
) -> Mapping[str, Minutes]:
    """How the time spent stands now in each allowance of minutes: of this ticket, or of all that share a period.

    The ticket's own events need not be read again when its `history` is at hand.
    """
    stated = {name: each for name, each in terms.allowances.items() if each.counts == "minutes"}
    it = ticket.subscription_id
    begun = _begun({it: stated}).get(it) if it is not None else None
    return {
        name: allowance.minutes_used(
            each,
            name,
            [history if history is not None and each.per is None else _spent(ticket, each)],
            instant.from_datetime(at),
            since=begun if each.carry_over else None,
        )
        for name, each in stated.items()
    }


def _counting_tickets(terms: Terms) -> dict[str, Allowance]:
    return {
        name: each
        for name, each in terms.allowances.items()
        if each.counts == "tickets" and each.per is not None and each.limit is not None
    }


_Row = tuple[int, datetime, bool]
"""A ticket by its id, when it was opened, and whether it is merged or excluded by now."""


def _usage(
    each: Allowance,
    histories: Mapping[int, list[CoreEvent]],
    which: int,
    begun: int | None,
    at: datetime,
) -> Usage:
    usage = allowance.tickets_used(
        each,
        histories.values(),
        histories[which],
        instant.from_datetime(at),
        since=begun if each.carry_over else None,
    )
    assert usage is not None, "it was opened by now"
    return usage


def _opened(
    counting: Mapping[int, Mapping[str, Allowance]], at: datetime
) -> Mapping[int, Sequence[_Row]]:
    """All tickets that may count, by subscription and in the order of numbers. At most one statement."""
    found: dict[int, list[_Row]] = {pk: [] for pk in counting}
    firsts = {
        pk: min(_first(each, at) for each in allowances.values())
        for pk, allowances in counting.items()
        if allowances
    }
    if not firsts:
        return found
    rows = Ticket.objects.filter(subscription__in=firsts, opened_at__gte=min(firsts.values()))
    columns = ("subscription", "pk", "opened_at", "merged_into", "excluded_by")
    for it, pk, when, into, cause in rows.order_by("number").values_list(*columns):
        found[it or 0].append((pk, when, bool(into or cause)))
    return found


def _first(each: Allowance, opened_at: datetime) -> datetime:
    """Since when tickets may count beside one opened then; carried over is what whole years left."""
    assert each.per is not None
    whole = each.carry_over.expires if each.carry_over else each.per
    first = period(instant.from_datetime(opened_at), whole, each.zone).span.start
    return instant.to_datetime(first)


def _histories(
    rows: Sequence[_Row], each: Allowance, opened_at: datetime
) -> dict[int, list[CoreEvent]]:
    first = _first(each, opened_at)
    return {pk: _history(when, is_out=is_out) for pk, when, is_out in rows if when >= first}


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
    found = (
        core_event(kind, instant.from_datetime(at), facts)
        for kind, at, facts in rows.values_list("kind", "at", "facts")
    )
    return [event for event in found if event is not None]


def _begun(counting: Mapping[int, Mapping[str, Allowance]]) -> Mapping[int, int]:
    """When there began to be something to carry over, where something is. At most one statement."""
    carrying = [pk for pk, of in counting.items() if any(each.carry_over for each in of.values())]
    if not carrying:
        return {}
    rows = Binding.objects.filter(subscription__in=carrying).values_list("subscription")
    return {pk: instant.from_datetime(at) for pk, at in rows.annotate(Min("from_at"))}
