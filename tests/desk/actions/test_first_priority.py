"""Who sets the priority of a ticket: what the plan says of defaults, of the first word and the last."""

import pytest

from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.errors import Invalid, NotAllowed
from duly.desk.queries.new_ticket import covers
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, published, subscribed


def under(people: Cast, set_by: str = "", default: str = "", requires: str = "") -> None:
    """Subscribe Acme to the small policy with these rules."""
    source = SMALL.replace("priorities: {", f"priorities: {{{default}") if default else SMALL
    plan = f"    hours: office\n    {set_by}\n    {requires}\n"
    subscribed(people, published(people, source.replace("    hours: office\n", plan)))


def opened(people: Cast, priority: str | None = None, channel: str = "web") -> str:
    ticket = open_ticket(
        actor=people.actor("contact"),
        subject="A",
        text="B",
        priority=priority,
        channel=channel,
        at=MONDAY,
    )
    return ticket.priority


def test_a_report_without_a_priority_gets_the_default_of_its_channel(people: Cast) -> None:
    under(people, default="default: {email: 3, otherwise: 2}, ")
    assert opened(people, channel="email") == "3"
    assert opened(people, channel="phone") == "2"
    assert opened(people, "1", channel="email") == "1"


def test_one_default_may_serve_every_channel(people: Cast) -> None:
    under(people, default="default: 2, ")
    assert opened(people, channel="email") == opened(people) == "2"


def test_a_policy_that_is_silent_sets_none(people: Cast) -> None:
    under(people)
    assert opened(people) == ""


def test_where_the_provider_sets_it_the_customer_does_not(people: Cast) -> None:
    under(people, set_by="priority_set_by: provider")
    with pytest.raises(Invalid) as refused:
        opened(people, "1")
    assert refused.value.field == "priority"
    ticket = open_ticket(
        actor=people.actor("agent"),
        requester_id=people.contact.pk,
        subject="A",
        text="B",
        priority="1",
        at=MONDAY,
    )
    assert ticket.priority == "1"


def test_a_plan_may_ask_the_form_but_not_a_mail_for_a_priority(people: Cast) -> None:
    under(people, requires="requires: [priority]")
    with pytest.raises(Invalid) as refused:
        opened(people)
    assert refused.value.field == "priority"
    assert opened(people, channel="email") == ""
    assert opened(people, "2") == "2"


@pytest.mark.parametrize(
    ("set_by", "may"),
    [
        ("", False),
        ("priority_set_by: provider", False),
        ("priority_set_by: {first: customer, final: provider}", True),
        ("priority_set_by: customer", True),
        ("priority_set_by: {first: provider, final: customer}", True),
    ],
)
def test_the_customer_changes_it_where_the_plan_lets_them(
    people: Cast, set_by: str, may: bool
) -> None:
    under(people, set_by=set_by)
    ticket = open_ticket(actor=people.actor("contact"), subject="A", text="B", at=MONDAY)

    def change() -> str:
        actor = people.actor("contact")
        return prioritise(actor=actor, ticket_id=ticket.pk, priority="2", at=MONDAY).priority

    if may:
        assert change() == "2"
    else:
        with pytest.raises(NotAllowed):
            change()


def test_the_first_word_of_the_customer_ends_with_that_of_the_desk(people: Cast) -> None:
    under(people, set_by="priority_set_by: {first: customer, final: provider}")
    contact, agent = people.actor("contact"), people.actor("agent")
    it = open_ticket(actor=contact, subject="A", text="B", priority="3", at=MONDAY).pk
    assert prioritise(actor=contact, ticket_id=it, priority="2", at=MONDAY).priority == "2"
    assert prioritise(actor=contact, ticket_id=it, priority="1", at=MONDAY).priority == "1"
    assert prioritise(actor=agent, ticket_id=it, priority="3", at=MONDAY).priority == "3"
    with pytest.raises(NotAllowed):
        prioritise(actor=contact, ticket_id=it, priority="1", at=MONDAY)


def test_where_the_provider_has_the_first_word_the_form_asks_for_none(people: Cast) -> None:
    under(people, set_by="priority_set_by: provider")
    (cover,) = covers(people.actor("contact"), MONDAY)
    assert cover.levels == ()
    assert opened(people) == ""
