"""Allowances: which incident of the month a ticket is, decided at its opening; minutes as they are spent."""

from datetime import UTC, datetime, timedelta

import pytest

from duly.core.allowance import Minutes, Usage
from duly.desk.actions.tickets.exclude import exclude
from duly.desk.actions.tickets.merge import merge
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.spend import spend
from duly.desk.agreements.subscription import Subscription
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.tickets.allowances import OVER, minutes_used, tickets_used
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast, cast
from tests.desk.policies import SMALL, acme_holds, published, subscribed
from tests.desk.test_at_once import at_once

DAY = timedelta(days=1)
TWO = (
    SMALL
    + """
    allowances:
      incidents: 2 per month
      guidance: 1 hour per ticket
clauses: [{key: training, kind: excluded, text: Training is not support.}]
"""
)
CARRIED = (
    SMALL
    + """
    allowances: {incidents: {limit: 2, per: month, carry_over: {percent: 50, expires: quarter}}}
"""
)


def opened(people: Cast, at: datetime = MONDAY) -> Ticket:
    return open_ticket(actor=people.actor("contact"), subject="A", text="B", priority="1", at=at)


def is_over(ticket: Ticket) -> bool:
    return Event.objects.filter(ticket=ticket, facts__over=["incidents"]).exists()


def used(ticket: Ticket, at: datetime) -> Usage:
    ticket = Ticket.objects.get(pk=ticket.pk)
    terms = terms_of_binding(ticket.binding_id)
    assert terms is not None
    over = Event.objects.get(ticket=ticket, sequence=1).facts.get(OVER, ())
    return tickets_used(ticket, terms, at, over=over)["incidents"]


def test_the_third_incident_of_a_month_is_accepted_and_flagged(people: Cast) -> None:
    acme_holds(people, TWO)
    tickets = [opened(people) for _ in range(3)]
    assert [is_over(ticket) for ticket in tickets] == [False, False, True]
    told = Event.objects.get(kind="used_up")
    assert (told.ticket, told.facts) == (
        tickets[1],
        {"allowance": "incidents", "period": "2026-10"},
    )
    # November begins in Berlin at 23:00 UTC on the last of October.
    november = datetime(2026, 10, 31, 23, tzinfo=UTC)
    assert is_over(opened(people, november - timedelta(seconds=1)))
    assert not is_over(opened(people, november))


def test_what_is_merged_or_excluded_uses_nothing_and_what_was_decided_stays(people: Cast) -> None:
    acme_holds(people, TWO)
    agent = people.actor("lead")
    first, second, third = opened(people), opened(people), opened(people)
    exclude(actor=agent, ticket_id=first.pk, cause="training", at=MONDAY)
    merge(actor=agent, ticket_id=second.pk, into_id=third.pk, at=MONDAY)
    assert used(third, MONDAY + DAY) == Usage("2026-10", 1, 2, True)
    fourth, fifth = opened(people), opened(people)
    assert [is_over(fourth), is_over(fifth)] == [False, True]
    assert used(fourth, MONDAY + DAY) == Usage("2026-10", 3, 2, False)


def test_what_a_month_left_is_carried_into_the_next_of_its_quarter(people: Cast) -> None:
    acme_holds(people, CARRIED)
    december = datetime(2026, 12, 1, 12, tzinfo=UTC)
    january = datetime(2027, 1, 4, 12, tzinfo=UTC)
    opened(people)
    # October left one of two: half of it is none. November left two: one is carried.
    assert [is_over(opened(people, december)) for _ in range(4)] == [False, False, False, True]
    # A new quarter begins with its own two.
    assert [is_over(opened(people, january)) for _ in range(3)] == [False, False, True]


def test_each_subscription_counts_its_own(people: Cast) -> None:
    version = published(people, TWO)
    for it in (subscribed(people, version), subscribed(people, version)):
        tickets = [
            open_ticket(
                actor=people.actor("contact"),
                subject="A",
                text="B",
                priority="1",
                subscription_id=it.pk,
                at=MONDAY,
            )
            for _ in range(2)
        ]
        assert not any(map(is_over, tickets))


def test_minutes_of_guidance_are_counted_for_each_ticket(people: Cast) -> None:
    acme_holds(people, TWO)
    agent, ticket, other = people.actor("agent"), opened(people), opened(people)
    spend(actor=agent, ticket_id=ticket.pk, minutes=50, at=MONDAY)
    spend(actor=agent, ticket_id=ticket.pk, minutes=25, at=MONDAY)
    spend(actor=agent, ticket_id=other.pk, minutes=5, at=MONDAY)
    terms = terms_of_binding(ticket.binding_id)
    assert terms is not None
    assert minutes_used(ticket, terms, MONDAY) == {"guidance": Minutes(None, 60, 75, 60, 15)}


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_those_beyond_the_limit_are_flagged(transactional_db: None) -> None:
    people = cast()
    acme_holds(people, TWO)
    at_once(*[lambda: opened(people) for _ in range(6)])
    assert Ticket.objects.filter(subscription=Subscription.objects.get()).count() == 6
    assert Event.objects.filter(facts__over=["incidents"]).count() == 4


@pytest.mark.django_db(transaction=True)
def test_minutes_spent_at_once_on_two_tickets_use_up_what_they_share(
    transactional_db: None,
) -> None:
    people = cast()
    subscribed(
        people, published(people, f"{SMALL}    allowances: {{guidance: 4 hours per month}}\n")
    )
    agent, tickets = people.actor("agent"), [opened(people).pk for _ in range(2)]
    for days in range(0, 300, 31):
        # Each month two hours are spent on each of the two at the same time: the four are used up, once.
        at = MONDAY + timedelta(days=days)
        at_once(
            *[
                lambda it=it, at=at: spend(actor=agent, ticket_id=it, minutes=120, at=at)
                for it in tickets
            ]
        )
    assert Event.objects.filter(kind="spent").count() == 20
    told = Event.objects.filter(kind="used_up").values_list("facts__period", flat=True)
    assert sorted(told) == [f"2026-{month}" for month in (10, 11, 12)] + [
        f"2027-0{month}" for month in range(1, 8)
    ]
