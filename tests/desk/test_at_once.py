"""Two at once do the right thing: real transactions in real threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections, transaction

from duly.desk.actions.deliveries.claim import claim
from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.actions.fields.define import Asked, add_field
from duly.desk.actions.mail.keep import keep
from duly.desk.actions.mail.sort import next_unsorted, sort_mail
from duly.desk.actions.tickets.fill import fill
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.wake import wake
from duly.desk.clocks.clock import Clock
from duly.desk.clocks.truth import differences
from duly.desk.errors import DeskError, Overtaken
from duly.desk.mailroom.delivery import Notice
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.tickets.event import Event
from duly.desk.tickets.field import Field, FieldValue
from duly.desk.tickets.message import Message
from duly.desk.tickets.ticket import Ticket
from tests.desk.mail.test_sorting import MAIL
from tests.desk.people import MONDAY, Cast, cast
from tests.desk.policies import published, subscribed
from tests.waiting import PATIENCE_SECONDS

MINUTE = timedelta(minutes=1)


@pytest.fixture
def people(transactional_db: None) -> Cast:
    """Bring everybody in and commit, so that other connections see them."""
    people = cast()
    subscribed(people, published(people))
    return people


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Let all start together, each on its own connection; give results and refusals in order."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(timeout=PATIENCE_SECONDS)
            return act()
        except DeskError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [
            future.result(timeout=PATIENCE_SECONDS)
            for future in [pool.submit(run, act) for act in acts]
        ]


def test_k06_one_mail_to_two_addresses_sorted_at_once_is_one_ticket(people: Cast) -> None:
    for name in ("a", "b", "c", "d"):
        box = Mailbox.objects.create(address=f"{name}@vendor.example", name=name, kind="listener")
        keep(mailbox_id=box.pk, raw=b"the same", at=MONDAY)

    @transaction.atomic
    def sorted_one() -> object:
        mail = next_unsorted()
        assert mail is not None
        return sort_mail(mail, replace(MAIL, sender=people.contact.email), at=MONDAY)

    found = at_once(*[sorted_one for _ in range(4)])
    assert sorted(map(str, found)) == ["refused", "refused", "refused", "ticket"]
    assert Ticket.objects.count() == 1


def opened(people: Cast) -> Ticket:
    actor = people.actor("contact")
    return open_ticket(actor=actor, subject="A", text="B", priority="1", at=MONDAY)


def test_a_form_sent_five_times_at_once_makes_one_ticket(people: Cast) -> None:
    actor = people.actor("contact")
    found = at_once(
        *[
            lambda: open_ticket(actor=actor, subject="A", text="B", key="one", at=MONDAY)
            for _ in range(5)
        ]
    )
    assert len(set(found)) == 1
    assert Ticket.objects.count() == 1
    assert Message.objects.count() == 1
    assert Event.objects.filter(kind="opened").count() == 1


def test_a_reply_sent_five_times_at_once_is_one_message(people: Cast) -> None:
    ticket, agent = opened(people), people.actor("agent")
    found = at_once(
        *[
            lambda: reply(actor=agent, ticket_id=ticket.pk, text="C", key="one", at=MONDAY)
            for _ in range(5)
        ]
    )
    assert len(set(found)) == 1
    assert Event.objects.filter(kind="replied").count() == 1


def test_two_who_fill_in_at_once_both_stand_and_of_one_field_the_last(people: Cast) -> None:
    boss = people.actor("owner")
    for name in ("Cause", "Product"):
        add_field(actor=boss, kind="text", asked=Asked(name=name), at=MONDAY)
    ticket, agents = opened(people), [people.actor("agent"), people.actor("second_agent")]
    own: tuple[dict[str, str], ...] = ({"product": "Door"}, {})
    found = at_once(
        *[
            lambda agent=agent, more=more: fill(
                actor=agent,
                ticket_id=ticket.pk,
                values={"cause": f"Of {agent.person_id}"} | more,
                at=MONDAY,
            )
            for agent, more in zip(agents, own, strict=True)
        ]
    )
    assert found == [ticket, ticket]
    last = Event.objects.filter(ticket=ticket, kind="filled").latest("sequence")
    current = FieldValue.objects.filter(ticket=ticket, is_current=True)
    assert current.get(field__key="cause").text == f"Of {last.person_id}"
    assert current.get(field__key="product").text == "Door"
    assert FieldValue.objects.filter(ticket=ticket).count() == 3, "what stood there before is kept"


def test_two_fields_added_at_once_have_a_place_and_a_key_each(people: Cast) -> None:
    boss = people.actor("owner")
    at_once(
        *[
            lambda: add_field(actor=boss, kind="text", asked=Asked(name="Cause"), at=MONDAY)
            for _ in range(3)
        ]
    )
    found = Field.objects.values_list("key", "position")
    assert sorted(found) == [("cause", 1), ("cause-2", 2), ("cause-3", 3)]


def test_two_replies_at_once_both_count_and_stay_in_order(people: Cast) -> None:
    ticket = opened(people)
    agents = [people.actor("agent"), people.actor("second_agent")]
    at_once(
        *[
            lambda agent=agent, n=n: reply(
                actor=agent, ticket_id=ticket.pk, text="C", at=MONDAY + n * MINUTE
            )
            for n in (1, 2, 3)
            for agent in agents
        ]
    )
    events = list(Event.objects.filter(ticket=ticket).order_by("sequence"))
    assert [event.sequence for event in events] == list(range(1, 8))
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert Ticket.objects.get().sequence == 7
    assert list(differences()) == []


def test_of_two_who_looked_at_the_same_state_one_is_told(people: Cast) -> None:
    ticket = opened(people)
    found = at_once(
        *[
            lambda name=name: reply(
                actor=people.actor(name), ticket_id=ticket.pk, text="C", seen=1, at=MONDAY
            )
            for name in ("agent", "second_agent")
        ]
    )
    refused = [each for each in found if isinstance(each, Overtaken)]
    assert [each.sequence for each in refused] == [2]
    assert Message.objects.filter(is_from_agent=True).count() == 1


def test_of_two_who_resolve_at_once_one_is_refused(people: Cast) -> None:
    ticket, agent = opened(people), people.actor("agent")
    found = at_once(
        *[lambda: resolve(actor=agent, ticket_id=ticket.pk, at=MONDAY) for _ in range(2)]
    )
    assert sum(isinstance(each, DeskError) for each in found) == 1
    assert Event.objects.filter(kind="resolved").count() == 1


def test_three_watches_record_each_miss_once(people: Cast) -> None:
    for _ in range(30):
        opened(people)
    at = MONDAY + timedelta(hours=3)

    def watch() -> int:
        woken = 0
        while some := wake(at=at, limit=7):
            woken += some
        return woken

    assert sum(count for count in at_once(watch, watch, watch) if isinstance(count, int)) == 30
    assert Event.objects.filter(kind="missed").count() == 30
    assert Clock.objects.filter(kind="first_response", state="missed").count() == 30


def test_an_answer_and_the_watch_at_once_agree(people: Cast) -> None:
    tickets = [opened(people) for _ in range(10)]
    agent, at = people.actor("agent"), MONDAY + timedelta(hours=3)
    answers = [
        lambda it=ticket.pk: reply(actor=agent, ticket_id=it, text="C", at=at) for ticket in tickets
    ]
    at_once(*answers, lambda: wake(at=at), lambda: wake(at=at))
    assert Event.objects.filter(kind="missed").count() == 10
    late = Clock.objects.filter(kind="first_response").values_list("state", "met_at")
    assert set(late) == {("missed", at)}
    assert list(differences()) == []


def test_three_relays_tell_each_person_once(people: Cast) -> None:
    for _ in range(20):
        opened(people)

    def relay() -> int:
        while dispatch(at=MONDAY, limit=3):
            pass
        found = 0
        while letters := claim(at=MONDAY, limit=2):
            found += len(letters)
        return found

    at_once(relay, relay, relay)
    relay()
    # Clara and the lead, once for each ticket.
    assert Notice.objects.count() == 40
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(attempts) FROM desk_delivery")
        assert cursor.fetchone() == (1,)
