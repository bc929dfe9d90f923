"""Other terms for a subscriber: what was bound stays, open tickets move when the day comes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from duly.desk.access.actor import the_desk
from duly.desk.actions.agreements.come_into_force import come_into_force
from duly.desk.actions.agreements.move import move
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.clocks.clock import Clock
from duly.desk.clocks.truth import differences
from duly.desk.errors import Invalid, NotFound
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, published, subscribed

HOUR = timedelta(hours=1)
FASTER = SMALL.replace('version: "1"', 'version: "2"').replace("1: 2 hours", "1: 1 hour")


def opened(people: Cast) -> Ticket:
    actor = people.actor("contact")
    return open_ticket(actor=actor, subject="A", text="B", priority="1", at=MONDAY)


def moved(people: Cast, subscription: Subscription, from_on: date, at: datetime) -> None:
    move(
        actor=people.actor("owner"),
        subscription_id=subscription.pk,
        version_id=published(people, FASTER).pk,
        held={"plan": "basic"},
        from_on=from_on,
        at=at,
    )


def due_at(ticket: Ticket) -> datetime | None:
    return Clock.objects.get(ticket=ticket, kind="first_response").due_at


def test_open_tickets_move_at_once_when_the_day_has_come(people: Cast) -> None:
    subscription = subscribed(people, published(people))
    ticket, over = opened(people), opened(people)
    close(actor=people.actor("agent"), ticket_id=over.pk, at=MONDAY)
    moved(people, subscription, MONDAY.date(), MONDAY + HOUR / 2)
    assert due_at(ticket) == MONDAY + HOUR
    old, new = Binding.objects.order_by("pk")
    row = Ticket.objects.get(pk=ticket.pk)
    assert (row.binding, row.sequence) == (new, 2)
    assert Ticket.objects.get(pk=over.pk).binding == old
    assert Clock.objects.get(ticket=ticket, kind="first_response").changes
    assert list(differences()) == []


def test_a_day_ahead_is_waited_for(people: Cast) -> None:
    subscription = subscribed(people, published(people))
    ticket = opened(people)
    moved(people, subscription, date(2026, 10, 21), MONDAY)
    assert not Event.objects.filter(kind="moved").exists()
    # Wednesday begins in Berlin at 22:00 UTC on Tuesday.
    midnight = datetime(2026, 10, 20, 22, tzinfo=UTC)
    desk = the_desk("timer")
    assert come_into_force(actor=desk, at=midnight - timedelta(seconds=1)) == 0
    assert come_into_force(actor=desk, at=midnight + HOUR) == 1
    assert come_into_force(actor=desk, at=midnight + HOUR) == 0
    event = Event.objects.get(ticket=ticket, kind="moved")
    assert (event.at, event.person) == (midnight, None)


def test_a_new_ticket_gets_the_terms_of_its_day(people: Cast) -> None:
    subscription = subscribed(people, published(people))
    moved(people, subscription, MONDAY.date(), MONDAY)
    assert due_at(opened(people)) == MONDAY + HOUR


def test_another_policys_version_is_refused(people: Cast) -> None:
    subscription = subscribed(people, published(people))
    other = published(people, SMALL.replace("policy: small", "policy: other"))
    with pytest.raises(Invalid, match="another policy"):
        move(
            actor=people.actor("owner"),
            subscription_id=subscription.pk,
            version_id=other.pk,
            held={"plan": "basic"},
            from_on=MONDAY.date(),
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
            held={"plan": "basic"},
            from_on=MONDAY.date(),
            at=MONDAY,
        )
    assert Binding.objects.count() == 1
