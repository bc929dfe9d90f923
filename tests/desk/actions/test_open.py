"""Opening a ticket: whose it is, what covers it, what bad input gets."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from duly.core.events import Facts
from duly.desk.access.actor import the_desk
from duly.desk.actions.agreements.subscribe import subscribe
from duly.desk.actions.people.invite import invite_contact
from duly.desk.actions.people.organise import add_team
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.errors import Invalid, NotFound
from duly.desk.people.role import Right
from duly.desk.tickets.event import Event
from duly.desk.tickets.message import Message
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import published, subscribed


def test_a_contact_opens_for_their_only_organisation(covered: Cast) -> None:
    ticket = open_ticket(
        actor=covered.actor("contact", "portal"),
        subject="  The door\n sticks ",
        text=" Since\x00 Monday.\n",
        priority="2",
        facts=Facts(component="door", flags=frozenset({"urgent"})),
        at=MONDAY,
    )
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.organisation, ticket.requester) == (covered.acme, covered.contact)
    assert ticket.subscription is not None
    assert ticket.binding is not None
    assert (ticket.subject, ticket.priority) == ("The door sticks", "2")
    assert Message.objects.get(ticket=ticket).text == "Since\ufffd Monday."
    event = Event.objects.get(ticket=ticket)
    assert (event.kind, event.person, event.via) == ("opened", covered.contact, "portal")
    assert event.facts["component"] == "door"
    assert event.facts["flags"] == ["urgent"]


def test_an_agent_opens_for_a_contact_whose_words_they_are(covered: Cast) -> None:
    ticket = open_ticket(
        actor=covered.actor("agent"),
        requester_id=covered.contact.pk,
        subject="By phone",
        text="She called.",
        channel="phone",
        at=MONDAY,
    )
    assert ticket.requester == covered.contact
    assert Message.objects.get(ticket=ticket).author == covered.contact
    event = Event.objects.get(ticket=ticket)
    assert (event.person, event.facts["by"]) == (covered.agent, "agent")


def test_an_agent_gives_what_they_open_to_whoever_sees_it_there(covered: Cast) -> None:
    whole: dict[str, Any] = {
        "requester_id": covered.contact.pk,
        "subject": "By phone",
        "text": "She called.",
        "at": MONDAY,
    }
    ticket = open_ticket(
        actor=covered.actor("agent"),
        team_id=covered.team.pk,
        assignee_id=covered.second_agent.pk,
        **whole,
    )
    assert (ticket.team, ticket.assignee) == (covered.team, covered.second_agent)
    secret = add_team(actor=covered.actor("owner"), name="Secret", is_private=True, at=MONDAY).pk
    for assignee in (covered.agent.pk, covered.contact.pk):
        with pytest.raises(Invalid) as refused:
            open_ticket(actor=covered.actor("agent"), team_id=secret, assignee_id=assignee, **whole)
        assert refused.value.field == "assignee"


def test_who_does_not_assign_gives_what_they_open_to_nobody(covered: Cast) -> None:
    agent = covered.actor("agent")
    opens = replace(agent, rights=agent.rights - {Right.ASSIGN})
    to_somebody: list[dict[str, Any]] = [
        {"team_id": covered.team.pk},
        {"assignee_id": covered.agent.pk},
    ]
    for given in to_somebody:
        with pytest.raises(NotFound):
            open_ticket(
                actor=opens,
                requester_id=covered.contact.pk,
                subject="A",
                text="B",
                at=MONDAY,
                **given,
            )


@pytest.mark.parametrize("name", ["light_agent", "colleague", "stranger"])
def test_others_do_not_open_for_a_contact(covered: Cast, name: str) -> None:
    for organisation in (None, covered.acme.pk):
        with pytest.raises(NotFound):
            open_ticket(
                actor=covered.actor(name),
                requester_id=covered.contact.pk,
                organisation_id=organisation,
                subject="A",
                text="B",
                at=MONDAY,
            )
    assert not Ticket.objects.exists()


def test_a_contact_does_not_open_in_another_organisation(covered: Cast) -> None:
    with pytest.raises(NotFound):
        open_ticket(
            actor=covered.actor("contact"),
            organisation_id=covered.other.pk,
            subject="A",
            text="B",
            at=MONDAY,
        )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"subject": " \n"}, "subject"),
        ({"subject": "x" * 301}, "subject"),
        ({"text": "\t"}, "text"),
        ({"text": "x" * 200_001}, "text"),
        ({"priority": "9"}, "priority"),
        ({"team_id": 1_000_000}, "team"),
        ({"subscription_id": 1_000_000}, "subscription"),
    ],
)
def test_bad_input_names_its_field_and_leaves_nothing(
    covered: Cast, given: dict[str, str], field: str
) -> None:
    usual = {"subject": "A", "text": "B"}
    with pytest.raises(Invalid) as refused:
        open_ticket(actor=covered.actor("contact"), at=MONDAY, **{**usual, **given})  # type: ignore[arg-type]
    assert refused.value.field == field
    assert not Ticket.objects.exists()
    assert not Message.objects.exists()


def test_several_organisations_have_to_be_told_apart(covered: Cast) -> None:
    boss = covered.actor("owner")
    invite_contact(
        actor=boss,
        organisation_id=covered.other.pk,
        email=covered.contact.email,
        name="Clara",
        at=MONDAY,
    )
    with pytest.raises(Invalid) as refused:
        open_ticket(actor=covered.actor("contact"), subject="A", text="B", at=MONDAY)
    assert refused.value.field == "organisation"
    ticket = open_ticket(
        actor=covered.actor("contact"),
        organisation_id=covered.other.pk,
        subject="A",
        text="B",
        at=MONDAY,
    )
    assert ticket.organisation == covered.other
    assert ticket.binding is None


def test_several_subscriptions_have_to_be_told_apart(covered: Cast) -> None:
    second = subscribed(covered, published(covered))
    with pytest.raises(Invalid) as refused:
        open_ticket(actor=covered.actor("contact"), subject="A", text="B", at=MONDAY)
    assert refused.value.field == "subscription"
    ticket = open_ticket(
        actor=covered.actor("contact"),
        subscription_id=second.pk,
        subject="A",
        text="B",
        at=MONDAY,
    )
    assert ticket.subscription == second


def test_a_subscription_covers_its_last_day_in_the_organisations_zone(people: Cast) -> None:
    subscribe(
        actor=people.actor("owner"),
        organisation_id=people.acme.pk,
        version_id=published(people).pk,
        held={"plan": "basic"},
        from_on=date(2026, 10, 1),
        to_on=date(2026, 10, 20),
        at=MONDAY,
    )

    def covered_at(at: datetime) -> bool:
        ticket = open_ticket(actor=people.actor("contact"), subject="A", text="B", at=at)
        return ticket.subscription is not None

    # Acme is in Berlin, two hours ahead of UTC in October.
    assert not covered_at(datetime(2026, 9, 30, 21, 59, tzinfo=UTC))
    assert covered_at(datetime(2026, 9, 30, 22, 0, tzinfo=UTC))
    assert covered_at(datetime(2026, 10, 20, 21, 59, tzinfo=UTC))
    assert not covered_at(datetime(2026, 10, 20, 22, 0, tzinfo=UTC))


def test_the_same_form_twice_is_one_ticket(covered: Cast) -> None:
    first, second = (
        open_ticket(actor=covered.actor("contact"), subject="A", text="B", key="form-1", at=MONDAY)
        for _ in range(2)
    )
    assert first == second
    assert Ticket.objects.count() == 1
    other = open_ticket(
        actor=covered.actor("colleague"), subject="A", text="B", key="form-1", at=MONDAY
    )
    assert other != first


def test_the_desk_itself_needs_to_be_told_for_whom(covered: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        open_ticket(actor=the_desk("mail"), subject="A", text="B", at=MONDAY)
    assert refused.value.field == "requester"
    ticket = open_ticket(
        actor=the_desk("mail"),
        requester_id=covered.contact.pk,
        subject="A",
        text="B",
        channel="email",
        at=MONDAY,
    )
    assert (
        "by" not in Event.objects.get(ticket=ticket).facts
    )  # the customer is who opens unless said
