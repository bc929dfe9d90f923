"""How tickets stand against what their plan covers: so many a month, so many minutes each. core does the sums."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import TypeAlias

from django.db.models import Count, Min, Q

from duly.core import allowance, instant
from duly.core.allowance import Allowance, Minutes, Usage
from duly.core.events import Event as CoreEvent
from duly.core.periods import Period, period
from duly.core.spans import Span
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
    opened, begun = _opened(counting, at, until=at), _begun(counting)
    return {
        pk: {
            name: _usage(each, opened[pk], at, begun.get(pk), besides=1)
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
    opened, begun = _opened(counting, ticket.opened_at, until=at), _begun(counting).get(it)
    return {
        name: replace(_usage(each, opened[it], ticket.opened_at, begun), over=name in over)
        for name, each in counting[it].items()
    }


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


Counts: TypeAlias = Mapping[Period, int]
"""How many tickets count in each period: those that are neither merged nor excluded by now."""


def _usage(
    each: Allowance, counts: Counts, opened_at: datetime, begun: int | None, *, besides: int = 0
) -> Usage:
    """How one opened then stands; `besides` is one where it is not among those that were counted."""
    own = _periods(each, opened_at)[-1]
    used = counts[own] + besides
    since = begun if each.carry_over else None
    return allowance.usage(
        each, own, used=used, position=used, past=counts.__getitem__, since=since
    )


def _opened(
    counting: Mapping[int, Mapping[str, Allowance]], opened_at: datetime, *, until: datetime
) -> Mapping[int, Counts]:
    """Count, by subscription, what was opened in each period that matters to one opened then. At most one statement."""
    periods = {
        pk: {one for each in allowances.values() for one in _periods(each, opened_at)}
        for pk, allowances in counting.items()
    }
    known = sorted({one for of in periods.values() for one in of}, key=attrgetter("span"))
    counts = {pk: dict.fromkeys(known, 0) for pk in periods}
    if not known:
        return counts
    whole = Span(known[0].span.start, max(one.span.end for one in known))
    rows = Ticket.objects.filter(
        _within(whole),
        subscription__in=[pk for pk, of in periods.items() if of],
        opened_at__lte=until,
        merged_into=None,
        excluded_by="",
    )
    sums = {f"in_{n}": Count("pk", filter=_within(one.span)) for n, one in enumerate(known)}
    for pk, *found in rows.order_by().values_list("subscription").annotate(**sums):
        counts[pk or 0] = dict(zip(known, found, strict=True))
    return counts


def _within(span: Span) -> Q:
    start, end = map(instant.to_datetime, span)
    return Q(opened_at__gte=start, opened_at__lt=end)


def _periods(each: Allowance, opened_at: datetime) -> list[Period]:
    """Those that decide about one opened then, its own last: carried over is what those of whole years left."""
    assert each.per is not None
    at = instant.from_datetime(opened_at)
    whole = each.carry_over.expires if each.carry_over else each.per
    periods = [period(period(at, whole, each.zone).span.start, each.per, each.zone)]
    while periods[-1].span.end <= at:
        periods.append(periods[-1].next)
    return periods


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
