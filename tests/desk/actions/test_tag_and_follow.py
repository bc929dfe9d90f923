"""Tags and followers of a ticket."""

import pytest

from duly.desk.actions.deliveries.claim import claim
from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.actions.tickets.follow import follow, unfollow
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.tag import tag
from duly.desk.errors import Invalid, NotAllowed, NotFound
from duly.desk.tickets.event import Event
from duly.desk.tickets.tag import Tag, Tagging
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    return open_ticket(actor=people.actor("contact"), subject="A", text="B", at=MONDAY)


def carried(ticket: Ticket) -> set[str]:
    return set(Tag.objects.filter(taggings__ticket=ticket).values_list("name", flat=True))


def test_a_ticket_carries_exactly_the_tags_that_are_set(people: Cast, ticket: Ticket) -> None:
    agent = people.actor("agent")
    tag(actor=agent, ticket_id=ticket.pk, names=["Door", "  two\twords "], at=MONDAY)
    assert carried(ticket) == {"door", "two words"}
    tag(actor=agent, ticket_id=ticket.pk, names=["door", "new"], at=MONDAY)
    tag(actor=agent, ticket_id=ticket.pk, names=["new", "DOOR"], at=MONDAY)
    assert carried(ticket) == {"door", "new"}
    first, second = Event.objects.filter(kind="tagged").order_by("sequence")
    assert first.facts == {
        "added": sorted(
            Tag.objects.filter(name__in=["door", "two words"]).values_list("pk", flat=True)
        ),
        "removed": [],
    }
    assert len(second.facts["added"]) == len(second.facts["removed"]) == 1


@pytest.mark.parametrize("name", ["", " ", "x" * 51])
def test_a_tag_is_one_to_fifty_letters(people: Cast, ticket: Ticket, name: str) -> None:
    with pytest.raises(Invalid):
        tag(actor=people.actor("agent"), ticket_id=ticket.pk, names=["fine", name], at=MONDAY)
    assert not Tagging.objects.exists()


def test_contacts_neither_tag_nor_follow(people: Cast, ticket: Ticket) -> None:
    for name, refusal in (("contact", NotAllowed), ("stranger", NotFound)):
        with pytest.raises(refusal):
            tag(actor=people.actor(name), ticket_id=ticket.pk, names=["x"], at=MONDAY)
        with pytest.raises(refusal):
            follow(actor=people.actor(name), ticket_id=ticket.pk, at=MONDAY)


def test_a_follower_hears_what_the_customer_writes_until_they_stop(
    people: Cast, ticket: Ticket
) -> None:
    actor = people.actor("light_agent")
    follow(actor=actor, ticket_id=ticket.pk, at=MONDAY)
    follow(actor=actor, ticket_id=ticket.pk, at=MONDAY)
    dispatch(at=MONDAY)
    claim(at=MONDAY)
    reply(actor=people.actor("contact"), ticket_id=ticket.pk, text="And?", at=MONDAY)
    dispatch(at=MONDAY)
    assert {letter.reader.name for letter in claim(at=MONDAY)} == {"Lena", "Lukas"}
    unfollow(actor=actor, ticket_id=ticket.pk, at=MONDAY)
    reply(actor=people.actor("contact"), ticket_id=ticket.pk, text="Hello?", at=MONDAY)
    dispatch(at=MONDAY)
    assert {letter.reader.name for letter in claim(at=MONDAY)} == {"Lena"}
    kinds = Event.objects.filter(kind__endswith="followed").values_list("kind", flat=True)
    assert list(kinds) == ["followed", "unfollowed"]
