"""Other terms for a subscriber: what was bound stays, open tickets move when the day comes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duly.desk.access.actor import the_desk
from duly.desk.actions.agreements.come_into_force import come_into_force
from duly.desk.actions.agreements.move import move
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.merge import merge, unmerge
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.clocks.clock import Clock
from duly.desk.clocks.truth import differences
from duly.desk.errors import Invalid, NotFound, NotPossible
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, acme_holds, published, subscribed

HOUR = timedelta(hours=1)
FASTER = SMALL.replace('version: "1"', 'version: "2"').replace("1: 2 hours", "1: 1 hour")


def opened(people: Cast) -> Ticket:
    actor = people.actor("contact")
    return open_ticket(actor=actor, subject="A", text="B", priority="1", at=MONDAY)


def moved(
    people: Cast, subscription: Subscription, at: datetime, from_at: datetime | None = None
) -> None:
    move(
        actor=people.actor("owner"),
        subscription_id=subscription.pk,
        version_id=published(people, FASTER).pk,
        from_at=from_at,
        at=at,
    )


def due_at(ticket: Ticket) -> datetime | None:
    return Clock.objects.get(ticket=ticket, kind="first_response").due_at


def test_open_tickets_move_at_once_when_the_day_has_come(people: Cast) -> None:
    subscription = acme_holds(people)
    ticket, over = opened(people), opened(people)
    close(actor=people.actor("agent"), ticket_id=over.pk, at=MONDAY)
    moved(people, subscription, MONDAY + HOUR / 2)
    assert due_at(ticket) == MONDAY + HOUR
    old, new = Binding.objects.order_by("pk")
    row = Ticket.objects.get(pk=ticket.pk)
    assert (row.binding, row.sequence) == (new, 2)
    assert Ticket.objects.get(pk=over.pk).binding == old
    assert Clock.objects.get(ticket=ticket, kind="first_response").changes
    assert list(differences()) == []


def test_an_instant_ahead_is_waited_for(people: Cast) -> None:
    subscription = acme_holds(people)
    ticket = opened(people)
    midnight = datetime(2026, 10, 20, 22, tzinfo=UTC)
    moved(people, subscription, MONDAY, from_at=midnight)
    assert not Event.objects.filter(kind="moved").exists()
    desk = the_desk("timer")
    assert come_into_force(actor=desk, at=midnight - timedelta(seconds=1)) == 0
    assert come_into_force(actor=desk, at=midnight + HOUR) == 1
    assert come_into_force(actor=desk, at=midnight + HOUR) == 0
    event = Event.objects.get(ticket=ticket, kind="moved")
    assert (event.at, event.person) == (midnight, None)


def test_a_new_ticket_gets_the_terms_of_its_day(people: Cast) -> None:
    subscription = acme_holds(people)
    moved(people, subscription, MONDAY)
    assert due_at(opened(people)) == MONDAY + HOUR


def test_another_policys_version_is_refused(people: Cast) -> None:
    subscription = acme_holds(people)
    other = published(people, SMALL.replace("policy: small", "policy: other"))
    with pytest.raises(Invalid, match="another policy"):
        move(
            actor=people.actor("owner"),
            subscription_id=subscription.pk,
            version_id=other.pk,
            at=MONDAY,
        )


@pytest.mark.parametrize("name", ["agent", "contact"])
def test_neither_agents_nor_contacts_move_anybody(people: Cast, name: str) -> None:
    version = published(people)
    subscription = subscribed(people, version)
    with pytest.raises(NotFound):
        move(
            actor=people.actor(name),
            subscription_id=subscription.pk,
            version_id=version.pk,
            at=MONDAY,
        )
    assert Binding.objects.count() == 1


def test_a_promise_of_the_past_is_not_missed_by_terms_that_were_agreed_later(people: Cast) -> None:
    subscription = acme_holds(people)
    ticket = opened(people)
    # Terms from an hour before the ticket was opened, agreed 90 minutes after: they hold from when they were agreed.
    moved(people, subscription, MONDAY + 1.5 * HOUR, from_at=MONDAY - HOUR)
    event = Event.objects.get(ticket=ticket, kind="moved")
    assert event.at == MONDAY + 1.5 * HOUR
    assert Binding.objects.latest("pk").from_at == MONDAY + 1.5 * HOUR


def test_a_priority_that_the_new_terms_lack_is_not_lost_in_silence(people: Cast) -> None:
    subscription = acme_holds(people)
    ticket = opened(people)
    renamed = FASTER.replace("{key: 1, name: Urgent}", "{key: P1}").replace("{1: ", "{P1: ")
    with pytest.raises(NotPossible, match=f"{ticket}"):
        move(
            actor=people.actor("owner"),
            subscription_id=subscription.pk,
            version_id=published(people, renamed).pk,
            at=MONDAY,
        )
    assert due_at(ticket) == MONDAY + 2 * HOUR


def test_a_merging_that_is_taken_back_finds_the_terms_of_today(people: Cast) -> None:
    subscription, lead = acme_holds(people), people.actor("lead")
    ticket, into = opened(people), opened(people)
    merge(actor=lead, ticket_id=ticket.pk, into_id=into.pk, at=MONDAY)
    moved(people, subscription, MONDAY)
    unmerge(actor=lead, ticket_id=ticket.pk, at=MONDAY)
    assert due_at(ticket) == MONDAY + HOUR
    assert list(differences()) == []


def test_moving_nowhere_and_to_what_there_is_not_are_refused(people: Cast) -> None:
    subscription, owner = acme_holds(people), people.actor("owner")
    with pytest.raises(Invalid, match="Name the plan"):
        move(actor=owner, subscription_id=subscription.pk, at=MONDAY)
    with pytest.raises(Invalid, match="no plan `gold`"):
        move(actor=owner, subscription_id=subscription.pk, plan="gold", at=MONDAY)
    with pytest.raises(NotFound):
        move(actor=owner, subscription_id=subscription.pk, version_id=0, at=MONDAY)
    with pytest.raises(NotFound):
        move(actor=owner, subscription_id=subscription.pk + 1, plan="basic", at=MONDAY)


def test_moving_many_tickets_sends_no_more_than_moving_two(people: Cast) -> None:
    slow, fast = published(people), published(people, FASTER)
    subscription, counts = subscribed(people, slow), []
    for tickets, to in ((2, fast), (20, slow)):
        for _ in range(tickets):
            opened(people)
        with CaptureQueriesContext(connection) as sent:
            move(
                actor=people.actor("owner"),
                subscription_id=subscription.pk,
                version_id=to.pk,
                at=MONDAY,
            )
        counts.append(len(sent))
    assert Event.objects.filter(kind="moved").count() == 2 + 22
    assert counts[1] <= counts[0]
