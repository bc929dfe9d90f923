"""Terms that change while tickets are opened, and while somebody else changes them."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest

from duly.desk import rows
from duly.desk.access.actor import the_desk
from duly.desk.actions.agreements import come_into_force as come_into_force_
from duly.desk.actions.agreements.amend import amend
from duly.desk.actions.agreements.come_into_force import come_into_force
from duly.desk.actions.agreements.move import move
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.clocks.truth import differences
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast, cast
from tests.desk.policies import SMALL, published, subscribed
from tests.desk.test_at_once import at_once

HOUR = timedelta(hours=1)
FASTER = SMALL.replace('version: "1"', 'version: "2"').replace("1: 2 hours", "1: 1 hour")


@pytest.fixture
def people(transactional_db: None) -> Cast:
    people = cast()
    subscribed(people, published(people))
    return people


def opened(people: Cast) -> Ticket:
    actor = people.actor("contact")
    return open_ticket(actor=actor, subject="A", text="B", priority="1", at=MONDAY)


def test_no_ticket_that_is_opened_during_a_move_keeps_the_old_terms(people: Cast) -> None:
    subscription, version = Subscription.objects.get(), published(people, FASTER)
    owner = people.actor("owner")
    at_once(
        *[lambda: opened(people) for _ in range(4)],
        lambda: move(
            actor=owner, subscription_id=subscription.pk, version_id=version.pk, at=MONDAY
        ),
        *[lambda: opened(people) for _ in range(4)],
    )
    assert set(Ticket.objects.values_list("binding__version", flat=True)) == {version.pk}
    assert Ticket.objects.count() == 8
    assert list(differences()) == []


def test_nothing_is_lost_when_an_agent_answers_during_a_move(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(come_into_force_, "TOGETHER", 2)  # several rounds
    monkeypatch.setattr(rows, "MANY", 2)
    tickets = [opened(people) for _ in range(5)]
    subscription, version = Subscription.objects.get(), published(people, FASTER)
    owner, agent = people.actor("owner"), people.actor("agent")
    answer = partial(reply, actor=agent, text="Push.", then="wait", at=MONDAY + HOUR)
    done = at_once(
        *[partial(answer, ticket_id=ticket.pk) for ticket in reversed(tickets[:3])],
        lambda: move(
            actor=owner, subscription_id=subscription.pk, version_id=version.pk, at=MONDAY + HOUR
        ),
        *[partial(answer, ticket_id=ticket.pk) for ticket in tickets[3:]],
    )
    assert not [each for each in done if isinstance(each, Exception)]
    kinds = Counter(Event.objects.values_list("ticket", "kind"))
    for ticket in tickets:
        assert [kinds[ticket.pk, kind] for kind in ("moved", "replied", "waiting")] == [1, 1, 1]
    assert set(Ticket.objects.values_list("binding__version", flat=True)) == {version.pk}
    assert set(Ticket.objects.values_list("status", flat=True)) == {"waiting"}
    assert list(differences()) == []


def test_of_two_amendments_at_once_both_hold(people: Cast) -> None:
    it, owner = Subscription.objects.get().pk, people.actor("owner")
    at_once(
        *[
            lambda level=level: amend(
                actor=owner,
                subscription_id=it,
                path=f"targets.first_response.{level}",
                value="30 minutes",
                reason="Contract 7",
                from_on=MONDAY.date(),
                at=MONDAY,
            )
            for level in (1, 2)
        ]
    )
    targets = Binding.objects.latest("pk").terms["terms"]["targets"]["first_response"]
    assert [targets[level][0]["target"]["within"]["amount"] for level in ("1", "2")] == [30, 30]


def test_three_watches_move_each_ticket_once(people: Cast) -> None:
    for _ in range(10):
        opened(people)
    subscription, version = Subscription.objects.get(), published(people, FASTER)
    move(
        actor=people.actor("owner"),
        subscription_id=subscription.pk,
        version_id=version.pk,
        from_at=MONDAY + HOUR / 2,
        at=MONDAY,
    )
    desk = the_desk("timer")
    moved = at_once(*[lambda: come_into_force(actor=desk, at=MONDAY + HOUR) for _ in range(3)])
    assert sorted(moved, key=str) == [0, 0, 10]
    assert Event.objects.filter(kind="moved").count() == 10
    assert list(differences()) == []
