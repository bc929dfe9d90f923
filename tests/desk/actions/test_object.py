"""The customer's right of reply to an exclusion."""

from datetime import timedelta

import pytest

from duly.desk.actions.deliveries.claim import claim
from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.actions.deliveries.settle import sent
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.exclude import exclude, withdraw_exclusion
from duly.desk.actions.tickets.object import object_to_exclusion
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.snooze import snooze
from duly.desk.clocks.clock import Clock
from duly.desk.clocks.truth import differences
from duly.desk.errors import Invalid, NotPossible
from duly.desk.mailroom.letter import Item
from duly.desk.queries.agent_ticket import agent_ticket
from duly.desk.queries.customer_ticket import customer_ticket
from duly.desk.tickets.event import Event
from duly.desk.tickets.message import Message
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast, cast
from tests.desk.policies import FULL, acme_holds
from tests.desk.test_at_once import at_once

MINUTE = timedelta(minutes=1)
CLAUSE = "Training is not support."


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    return excluded(people)


def excluded(people: Cast) -> Ticket:
    """Clara's ticket, found outside the agreement by the lead."""
    acme_holds(people, FULL)
    ticket = open_ticket(
        actor=people.actor("contact"), subject="A", text="B", priority="1", at=MONDAY
    )
    exclude(actor=people.actor("lead"), ticket_id=ticket.pk, cause="training", at=MONDAY)
    return ticket


def objects(people: Cast, ticket: Ticket, key: str | None = None) -> Message:
    return object_to_exclusion(
        actor=people.actor("contact"),
        ticket_id=ticket.pk,
        text="It is broken.",
        at=MONDAY + MINUTE,
        key=key,
    )


def heard(minute: int) -> dict[str, list[Item]]:
    at = MONDAY + minute * MINUTE
    dispatch(at=at)
    letters = claim(at=at)
    for letter in letters:
        sent(delivery_id=letter.delivery_id, at=at)
    return {
        letter.reader.name: [item for about in letter.about for item in about.items]
        for letter in letters
    }


def test_both_sides_see_the_clause_and_what_was_said_to_it(people: Cast, ticket: Ticket) -> None:
    clara, anton = people.actor("contact"), people.actor("agent")
    before = customer_ticket(clara, ticket.number, MONDAY).exclusion
    assert before is not None
    assert (before.clause, before.objected_at) == (CLAUSE, None)
    objects(people, ticket)
    for page in (
        customer_ticket(clara, ticket.number, MONDAY + MINUTE),
        agent_ticket(anton, ticket.number, MONDAY + MINUTE),
    ):
        assert page.exclusion is not None
        assert (page.exclusion.objector, page.exclusion.objected_at) == ("Clara", MONDAY + MINUTE)
        assert [entry.text for entry in page.entries if entry.text] == ["B", "It is broken."]
        assert page.entries[-1].kind == "objected"


def test_those_responsible_are_told_and_the_customer_reads_the_clause_in_words(
    people: Cast, ticket: Ticket
) -> None:
    told = heard(0)["Clara"]
    assert [(item.kind, item.clause) for item in told] == [("opened", None), ("excluded", CLAUSE)]
    objects(people, ticket)
    ((reader, (item,)),) = heard(1).items()
    assert (reader, item.kind, item.text, item.clause) == (
        "Lena", "objected", "It is broken.", CLAUSE
    )  # fmt: skip
    withdraw_exclusion(actor=people.actor("lead"), ticket_id=ticket.pk, at=MONDAY + 2 * MINUTE)
    (item,) = heard(2)["Clara"]
    assert (item.kind, item.is_withdrawn) == ("excluded", True)


def test_withdrawn_every_promise_counts_as_before(people: Cast, ticket: Ticket) -> None:
    objects(people, ticket)
    assert {clock.state for clock in Clock.objects.filter(ticket=ticket)} == {"void"}
    withdraw_exclusion(actor=people.actor("lead"), ticket_id=ticket.pk, at=MONDAY + 2 * MINUTE)
    first = Clock.objects.get(ticket=ticket, kind="first_response")
    assert (first.state, first.due_at) == ("running", MONDAY + timedelta(hours=2))
    assert customer_ticket(people.actor("contact"), ticket.number, MONDAY).exclusion is None
    assert list(differences()) == []


def test_it_is_said_once_to_each_exclusion(people: Cast, ticket: Ticket) -> None:
    first = objects(people, ticket, key="k")
    assert objects(people, ticket, key="k") == first
    with pytest.raises(NotPossible, match="objected already"):
        objects(people, ticket)
    lead = people.actor("lead")
    withdraw_exclusion(actor=lead, ticket_id=ticket.pk, at=MONDAY + 2 * MINUTE)
    with pytest.raises(NotPossible, match="not excluded"):
        objects(people, ticket)
    exclude(actor=lead, ticket_id=ticket.pk, cause="training", at=MONDAY + 3 * MINUTE)
    objects(people, ticket)
    assert Event.objects.filter(kind="objected").count() == 2


def test_closing_does_not_take_the_right_away(people: Cast, ticket: Ticket) -> None:
    close(actor=people.actor("lead"), ticket_id=ticket.pk, at=MONDAY)
    objects(people, ticket)
    assert Ticket.objects.get().status == "closed"
    assert Event.objects.filter(kind="objected").exists()


def test_it_brings_back_what_was_put_aside(people: Cast, ticket: Ticket) -> None:
    snooze(actor=people.actor("agent"), ticket_id=ticket.pk, until=MONDAY + 60 * MINUTE, at=MONDAY)
    objects(people, ticket)
    assert Ticket.objects.get().snoozed_until is None


def test_without_words_nothing_is_objected(people: Cast, ticket: Ticket) -> None:
    with pytest.raises(Invalid) as caught:
        object_to_exclusion(actor=people.actor("contact"), ticket_id=ticket.pk, text=" ", at=MONDAY)
    assert caught.value.field == "text"
    assert not Event.objects.filter(kind="objected").exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_object_at_once_one_is_told_that_it_was_said(transactional_db: None) -> None:
    people = cast()
    ticket = excluded(people)
    found = at_once(lambda: objects(people, ticket), lambda: objects(people, ticket))
    assert sum(isinstance(each, NotPossible) for each in found) == 1
    assert Event.objects.filter(kind="objected").count() == 1
