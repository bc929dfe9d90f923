"""Two tickets are linked, seen from both, by those who see both."""

from functools import partial

import pytest

from duly.desk.actions.people.organise import add_team, place_in_team
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.link import link, unlink
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.clocks.truth import differences
from duly.desk.errors import Invalid, NotAllowed, NotFound, NotPossible
from duly.desk.queries.agent_ticket import agent_ticket
from duly.desk.queries.customer_ticket import customer_ticket
from duly.desk.queries.evidence import evidence
from duly.desk.tickets.event import Event
from duly.desk.tickets.link import Link
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast, cast
from tests.desk.test_at_once import at_once


def opened(people: Cast, name: str = "contact") -> Ticket:
    return open_ticket(actor=people.actor(name), subject=f"Of {name}", text="B", at=MONDAY)


def links(people: Cast, ticket: Ticket, name: str = "agent") -> list[tuple[str, int]]:
    shown = agent_ticket(people.actor(name), ticket.number, MONDAY)
    return [(one.relation, one.number) for one in shown.handling.links]


def acts(ticket: Ticket) -> list[tuple[str, dict[str, object]]]:
    events = Event.objects.filter(ticket=ticket, kind__in=["linked", "unlinked"])
    return [(event.kind, event.facts) for event in events]


def say(people: Cast, ticket: Ticket, to: Ticket, relation: str = "caused_by") -> None:
    link(
        actor=people.actor("agent"), ticket_id=ticket.pk, to_id=to.pk, relation=relation, at=MONDAY
    )


@pytest.mark.parametrize(
    ("relation", "there"),
    [("related", "related"), ("caused_by", "causes"), ("duplicate_of", "duplicated_by")],
)
def test_a_link_is_told_on_both_tickets_each_in_its_own_words(
    people: Cast, relation: str, there: str
) -> None:
    one, other = opened(people), opened(people, "stranger")
    say(people, one, other, relation)
    assert links(people, one) == [(relation, other.number)]
    assert links(people, other) == [(there, one.number)]
    assert acts(one) == [("linked", {"ticket": other.pk, "as": relation})]
    assert acts(other) == [("linked", {"ticket": one.pk, "as": there})]
    assert list(differences()) == []


def test_the_same_again_records_nothing_and_another_relation_replaces_the_first(
    people: Cast,
) -> None:
    one, other = opened(people), opened(people)
    say(people, one, other, "related")
    say(people, other, one, "related")
    assert len(acts(one)) == 1
    say(people, other, one, "duplicate_of")
    assert links(people, one) == [("duplicated_by", other.number)]
    say(people, one, other, "duplicate_of")
    assert links(people, one) == [("duplicate_of", other.number)]
    assert Link.objects.count() == 1
    assert len(acts(one)) == len(acts(other)) == 3


def test_a_link_is_taken_back_from_either_side(people: Cast) -> None:
    one, other = opened(people), opened(people)
    say(people, one, other)
    unlink(actor=people.actor("agent"), ticket_id=other.pk, to_id=one.pk, at=MONDAY)
    assert links(people, one) == links(people, other) == []
    assert acts(one)[-1] == ("unlinked", {"ticket": other.pk})
    with pytest.raises(NotPossible, match="are not linked"):
        unlink(actor=people.actor("agent"), ticket_id=one.pk, to_id=other.pk, at=MONDAY)


@pytest.mark.parametrize(
    ("wrong", "field"), [({"self": True}, "to"), ({"relation": "cousin"}, "relation")]
)
def test_what_makes_no_sense_is_refused(people: Cast, wrong: dict[str, str], field: str) -> None:
    one, other = opened(people), opened(people)
    with pytest.raises(Invalid) as caught:
        say(people, one, one if "self" in wrong else other, wrong.get("relation", "related"))
    assert caught.value.field == field
    assert not Link.objects.exists()


def test_only_those_who_may_work_on_both_link_them(people: Cast) -> None:
    one, private = opened(people), in_a_private_team(people)
    for name, here, there in (
        ("agent", NotFound, NotFound),
        ("light_agent", NotAllowed, NotFound),
        ("contact", NotAllowed, NotFound),
    ):
        for ticket, to, refusal in ((one, private, here), (private, one, there)):
            with pytest.raises(refusal):
                link(
                    actor=people.actor(name),
                    ticket_id=ticket.pk,
                    to_id=to.pk,
                    relation="related",
                    at=MONDAY,
                )
    assert not Link.objects.exists()


def in_a_private_team(people: Cast) -> Ticket:
    """A ticket that only Berta and Olga see."""
    boss = people.actor("owner")
    team = add_team(actor=boss, name="Secret", is_private=True, at=MONDAY)
    place_in_team(actor=boss, team_id=team.pk, person_id=people.second_agent.pk, at=MONDAY)
    ticket = opened(people, "stranger")
    assign(actor=boss, ticket_id=ticket.pk, team_id=team.pk, assignee_id=None, at=MONDAY)
    return ticket


def test_nobody_learns_by_a_link_of_a_ticket_that_they_may_not_see(people: Cast) -> None:
    one, private = opened(people), in_a_private_team(people)
    boss = people.actor("owner")
    link(actor=boss, ticket_id=one.pk, to_id=private.pk, relation="caused_by", at=MONDAY)
    unlink(actor=boss, ticket_id=one.pk, to_id=private.pk, at=MONDAY)
    link(actor=boss, ticket_id=one.pk, to_id=private.pk, relation="related", at=MONDAY)
    assert links(people, one, "second_agent") == [("related", private.number)]
    assert links(people, one, "agent") == []
    anton, clara = people.actor("agent"), people.actor("contact")
    shown = (
        agent_ticket(anton, one.number, MONDAY),
        evidence(anton, one.number, MONDAY, internal=True),
        customer_ticket(clara, one.number, MONDAY),
        evidence(clara, one.number, MONDAY, internal=False),
    )
    for page in shown:
        assert "linked" not in repr(page)
        assert f"#{private.number}" not in repr(page)


@pytest.mark.django_db(transaction=True)
def test_two_who_link_the_same_two_crosswise_end_with_one_link(transactional_db: None) -> None:
    people = cast()
    one, other = opened(people), opened(people)
    for relation in ("caused_by", "duplicate_of", "caused_by"):
        at_once(
            partial(say, people, one, other, relation), partial(say, people, other, one, relation)
        )
        assert Link.objects.count() == 1
    assert list(differences()) == []
