"""Terms that change while tickets are opened, and while somebody else changes them."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connection, connections, transaction

from duly.desk import rows
from duly.desk.access.actor import the_desk
from duly.desk.actions.agreements import come_into_force as come_into_force_
from duly.desk.actions.agreements.amend import amend
from duly.desk.actions.agreements.come_into_force import come_into_force
from duly.desk.actions.agreements.move import move
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.clocks.clock import Clock
from duly.desk.clocks.truth import differences
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast, cast
from tests.desk.policies import SMALL, published, subscribed
from tests.desk.test_at_once import at_once
from tests.waiting import until

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


def while_it_lasts(first: Callable[[], object], then: Callable[[], object]) -> None:
    """Do one thing, and let another begin before that is committed; it ends afterwards."""

    def begun() -> object:
        try:
            return then()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            done = pool.submit(begun)
            until(lambda: done.done() or somebody_waits())
        done.result()


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone() is not None


@pytest.mark.parametrize("asked_first", [True, False])
def test_no_clock_that_begins_while_a_holiday_is_added_misses_it(
    people: Cast, *, asked_first: bool
) -> None:
    answers = SMALL.replace("1: 16 business hours", "1: none").replace(
        "1: 4 business hours", "1: 8 business hours"
    )
    owner, agent, contact = (people.actor(name) for name in ("owner", "agent", "contact"))
    for version, holidays in (("2", "[]"), ("3", "[2026-10-20]")):
        source = answers.replace('version: "1"', f'version: "{version}"')
        published(people, source.replace("holidays: []", f"holidays: {holidays}"))
    _, two, three = PolicyVersion.objects.order_by("pk")
    moved = partial(move, actor=owner, subscription_id=Subscription.objects.get().pk)
    moved(version_id=two.pk, at=MONDAY)
    ticket = opened(people)
    reply(actor=agent, ticket_id=ticket.pk, text="Push.", at=MONDAY)
    ask = partial(reply, actor=contact, ticket_id=ticket.pk, text="How?", at=MONDAY + HOUR)
    add = partial(moved, version_id=three.pk, at=MONDAY + HOUR)
    while_it_lasts(*((ask, add) if asked_first else (add, ask)))
    # Monday from eleven to five are six hours; Tuesday is closed, so two are Wednesday's.
    clock = Clock.objects.get(ticket=ticket, kind="next_response")
    assert clock.due_at == datetime(2026, 10, 21, 9, tzinfo=UTC)
    assert Event.objects.filter(ticket=ticket, kind="moved").count() == 1
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
