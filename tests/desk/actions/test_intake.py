"""What a plan asks of a report, whose turn it is, and the channel it came by."""

import pytest

from duly.core.events import Facts
from duly.desk.actions.people.technical_contact import name_technical_contact
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.agreements.intake import Question, intake_of
from duly.desk.agreements.subscription import Binding
from duly.desk.clocks.clock import Clock
from duly.desk.errors import Invalid
from duly.desk.tickets.answer import Answer
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, acme_holds, published, subscribed

ASKING = (
    SMALL.replace("    hours: office\n", "    hours: office\n    requires: [technical_contact]\n")
    + """
intake: {fields: [started_at, {key: steps, label: How to see it, required: always}]}
"""
)
THREE = (
    SMALL
    + """
  silver: {name: Silver, base: basic, served_before: [basic]}
  gold: {name: Gold, base: silver, served_before: [silver]}
  twin: {name: Twin, base: gold}
"""
)


def opened(people: Cast, name: str = "contact", **given: object) -> Ticket:
    actor, it = people.actor(name), people.contact.pk
    return open_ticket(
        actor=actor,
        requester_id=it,
        subject="A",
        text="B",
        priority="1",
        at=MONDAY,
        **given,  # type: ignore[arg-type]
    )


def named(people: Cast) -> None:
    name_technical_contact(
        actor=people.actor("owner"),
        organisation_id=people.acme.pk,
        person_id=people.colleague.pk,
        is_one=True,
        at=MONDAY,
    )


def test_answers_are_kept_with_the_ticket_and_never_in_its_history(people: Cast) -> None:
    acme_holds(people, ASKING)
    named(people)
    ticket = opened(people, answers={"steps": "Push.", "started_at": "  "})
    assert list(Answer.objects.values_list("ticket", "key", "text")) == [
        (ticket.pk, "steps", "Push.")
    ]
    assert "Push." not in str(Event.objects.get().facts)


def test_the_form_asks_and_mail_and_agents_are_not_asked(people: Cast) -> None:
    acme_holds(people, ASKING)
    with pytest.raises(Invalid, match="How to see it"):
        opened(people)
    with pytest.raises(Invalid, match="technical contact") as refused:
        opened(people, answers={"steps": "Push."})
    assert refused.value.field == "technical_contact"
    assert not Ticket.objects.exists()
    opened(people, channel="email")
    opened(people, "agent")
    named(people)
    opened(people, answers={"steps": "Push."})
    assert Ticket.objects.count() == 3


def test_what_is_not_asked_for_is_not_kept(people: Cast) -> None:
    acme_holds(people, ASKING)
    with pytest.raises(Invalid, match="does not ask for shoe_size"):
        opened(people, "agent", answers={"shoe_size": "42"})


def test_questions_have_words_and_an_order(people: Cast) -> None:
    acme_holds(people, ASKING)
    assert intake_of(Binding.objects.get().pk).questions == (
        Question(key="started_at", label="Started at", is_required=False),
        Question(key="steps", label="How to see it", is_required=True),
    )


def test_of_the_same_level_the_plan_served_first_comes_first(people: Cast) -> None:
    version = published(people, THREE)
    ranks = {}
    for plan in ("basic", "silver", "gold", "twin"):
        it = subscribed(people, version, plan)
        ticket = opened(people, subscription_id=it.pk)
        ranks[plan] = ticket.rank
        if plan == "basic":
            normal = open_ticket(
                actor=people.actor("contact"),
                subject="A",
                text="B",
                priority="2",
                subscription_id=it.pk,
                at=MONDAY,
            )
    # Twin has gold's words for its own: both are served before silver, and silver before basic.
    assert ranks == {"gold": 0, "twin": 0, "silver": 2, "basic": 3}
    assert max(ranks.values()) < normal.rank == 495 + 3


def test_the_channel_opens_its_gate(people: Cast) -> None:
    by_phone = "1: [{within: 1 hour, when: {channel: phone}}, {within: 2 hours}]"
    subscribed(people, published(people, SMALL.replace("1: 2 hours", by_phone)))
    for channel, hours in (("phone", 1), ("email", 2)):
        ticket = opened(people, "agent", channel=channel)
        clock = Clock.objects.get(ticket=ticket, kind="first_response")
        assert clock.due_at is not None
        assert (clock.due_at - MONDAY).total_seconds() == hours * 3600
    stated = opened(people, "agent", channel="web", facts=Facts(channel="phone"))
    assert Event.objects.get(ticket=stated).facts["channel"] == "phone"
