"""The table of who may do what, held against the actions and the query sets."""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import TypeAlias

import pytest
from django.db import transaction

from duly.desk.access.actor import Actor, actor_for, the_desk
from duly.desk.access.tickets import may_see, visible_to
from duly.desk.actions.people.invite import invite_agent, invite_contact
from duly.desk.actions.people.organise import add_team, place_in_team
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.wait import wait
from duly.desk.errors import NotAllowed, NotFound, NotPossible
from duly.desk.people.organisation import Membership
from duly.desk.people.person import Person
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast

TABLE = Path(__file__).with_name("access_table.txt")
Row: TypeAlias = tuple[str, str, dict[str, str]]


def rows() -> list[Row]:
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and line[0] != "#"]
    _, _, *objects = lines[0]
    return [
        (actor, verb, dict(zip(objects, cells, strict=True))) for actor, verb, *cells in lines[1:]
    ]


def see(*, actor: Actor, ticket_id: int) -> None:
    found = visible_to(actor).filter(pk=ticket_id).first()
    ticket = Ticket.objects.filter(pk=ticket_id).first()
    assert (found is not None) == (ticket is not None and may_see(actor, ticket))
    if found is None:
        raise NotFound


VERBS: dict[str, Callable[[Actor, int], object]] = {
    "see": lambda actor, it: see(actor=actor, ticket_id=it),
    "reply": lambda actor, it: reply(actor=actor, ticket_id=it, text="Hm.", at=MONDAY),
    "note": lambda actor, it: note(actor=actor, ticket_id=it, text="Hm.", at=MONDAY),
    "assign": lambda actor, it: assign(
        actor=actor, ticket_id=it, team_id=None, assignee_id=None, at=MONDAY
    ),
    "prioritise": lambda actor, it: prioritise(actor=actor, ticket_id=it, priority="1", at=MONDAY),
    "wait": lambda actor, it: wait(actor=actor, ticket_id=it, on="customer", at=MONDAY),
    "resolve": lambda actor, it: resolve(actor=actor, ticket_id=it, at=MONDAY),
    "close": lambda actor, it: close(actor=actor, ticket_id=it, at=MONDAY),
}


def outcome(verb: str, actor: Actor, ticket_id: int) -> str:
    try:
        with transaction.atomic():
            VERBS[verb](actor, ticket_id)
            transaction.set_rollback(True)
    except NotFound:
        return "."
    except (NotAllowed, NotPossible):
        return "x"
    return "y"


def dismissed(people: Cast) -> Person:
    """An agent and contact whose account was ended."""
    boss = people.actor("owner")
    dora = invite_agent(actor=boss, email="dora@desk.example", name="Dora", at=MONDAY)
    invite_contact(
        actor=boss, organisation_id=people.acme.pk, email=dora.email, name="Dora", at=MONDAY
    )
    dora.is_active = False
    dora.save()
    return dora


def objects(people: Cast) -> dict[str, int]:
    boss = people.actor("owner")
    secret = add_team(actor=boss, name="Secret", is_private=True, at=MONDAY)
    place_in_team(actor=boss, team_id=secret.pk, person_id=people.second_agent.pk, at=MONDAY)

    def opened(name: str, team_id: int | None = None) -> int:
        actor = people.actor(name)
        return open_ticket(actor=actor, subject="A", text="B", team_id=team_id, at=MONDAY).pk

    gone = opened("contact")
    close(actor=boss, ticket_id=gone, at=MONDAY)
    return {
        "clara": opened("contact"),
        "carl": opened("colleague"),
        "solo": opened("lone_contact"),
        "stella": opened("stranger"),
        "private": opened("contact", secret.pk),
        "gone": gone,
        "none": gone + 1_000,
    }


def test_every_answer_is_the_one_in_the_table(people: Cast) -> None:
    found, expected = [], []
    tickets = objects(people)
    actors = {"dismissed": actor_for(dismissed(people), via="web")}
    for name, verb, cells in rows():
        actor = actors.setdefault(name, people.actor(name)) if name != "dismissed" else actors[name]
        expected.append((name, verb, cells))
        found.append((name, verb, {it: outcome(verb, actor, tickets[it]) for it in cells}))
    assert found == expected


def test_the_table_asks_every_actor_every_verb_once() -> None:
    asked = [(actor, verb) for actor, verb, _ in rows()]
    actors = {actor for actor, _ in asked}
    assert sorted(asked) == sorted(product(actors, VERBS))


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "see"])
def test_unknown_and_forbidden_read_the_same(people: Cast, verb: str) -> None:
    ticket = open_ticket(actor=people.actor("contact"), subject="A", text="B", at=MONDAY)
    stranger = people.actor("stranger")
    texts = set()
    for ticket_id in (ticket.pk, ticket.pk + 1_000):
        with pytest.raises(NotFound) as caught:
            VERBS[verb](stranger, ticket_id)
        texts.add(str(caught.value))
    assert len(texts) == 1


def test_somebody_who_left_an_organisation_leaves_their_tickets_there(people: Cast) -> None:
    ticket = open_ticket(actor=people.actor("contact"), subject="A", text="B", at=MONDAY)
    Membership.objects.filter(person=people.contact).delete()
    for verb in ("see", "reply", "resolve"):
        assert outcome(verb, people.actor("contact"), ticket.pk) == "."
        assert outcome(verb, people.actor("colleague"), ticket.pk) == "y"


def test_the_desk_itself_sees_every_ticket_and_a_stranger_none(people: Cast) -> None:
    ticket = open_ticket(actor=people.actor("contact"), subject="A", text="B", at=MONDAY)
    assert list(visible_to(the_desk("timer"))) == [ticket]
    nobody = Actor(person_id=None, via="web")
    assert not visible_to(nobody).exists()
    assert not may_see(nobody, ticket)
