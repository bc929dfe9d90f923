"""The table of who may do what to which ticket, held against the actions and the query sets."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import product

import pytest

from duly.desk.access.actor import Actor, actor_for, the_desk
from duly.desk.access.tickets import may_see, visible_to
from duly.desk.actions.fields.define import Asked, add_field
from duly.desk.actions.macros.keep import MacroWords, add_macro
from duly.desk.actions.macros.use import use_macro
from duly.desk.actions.people.deactivate import deactivate
from duly.desk.actions.people.invite import invite_agent, invite_contact
from duly.desk.actions.people.organise import add_team, place_in_team
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.draft import save_draft
from duly.desk.actions.tickets.escalate import escalate
from duly.desk.actions.tickets.exclude import exclude, withdraw_exclusion
from duly.desk.actions.tickets.fill import fill
from duly.desk.actions.tickets.follow import follow, unfollow
from duly.desk.actions.tickets.link import link, unlink
from duly.desk.actions.tickets.mark import mark
from duly.desk.actions.tickets.merge import merge, unmerge
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.object import object_to_exclusion
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.actions.tickets.rate import rate
from duly.desk.actions.tickets.reopen import reopen
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.resume import resume
from duly.desk.actions.tickets.retitle import retitle
from duly.desk.actions.tickets.send import send, take_back
from duly.desk.actions.tickets.snooze import snooze
from duly.desk.actions.tickets.spend import spend
from duly.desk.actions.tickets.split import split, unsplit
from duly.desk.actions.tickets.tag import tag
from duly.desk.actions.tickets.wait import wait
from duly.desk.errors import NotFound
from duly.desk.people.organisation import Membership
from duly.desk.people.standard_roles import MANAGER
from duly.desk.tickets.draft import DraftOf
from duly.desk.tickets.field import Field
from duly.desk.tickets.macro import Macro
from duly.desk.tickets.message import Message
from duly.desk.tickets.ticket import Ticket
from tests.desk.access import Deed, differences, outcome, read
from tests.desk.once import once
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import FULL, published, subscribed

LATER = MONDAY + timedelta(days=1)


def see(*, actor: Actor, ticket_id: int) -> None:
    found = visible_to(actor).filter(pk=ticket_id).first()
    ticket = Ticket.objects.filter(pk=ticket_id).first()
    assert (found is not None) == (ticket is not None and may_see(actor, ticket))
    if found is None:
        raise NotFound


def merge_into_another(actor: Actor, ticket_id: int) -> None:
    """Merge into a ticket of Clara's that every agent sees."""
    merge(actor=actor, ticket_id=ticket_id, into_id=another(), at=MONDAY)


def another() -> int:
    """A ticket of Clara's that every agent sees."""
    found = Ticket.objects.filter(subject="Into this one").order_by("pk")
    return found.values_list("pk", flat=True)[0]


def split_the_last_off(actor: Actor, ticket_id: int) -> None:
    """Split off what was said last; a ticket with one message alone has nothing to split."""
    last = Message.objects.filter(ticket=ticket_id).order_by("pk").last()
    ids = [last.pk if last else 0]
    split(actor=actor, ticket_id=ticket_id, message_ids=ids, subject="B", at=MONDAY)


VERBS: dict[str, Deed] = {
    "see": lambda actor, it: see(actor=actor, ticket_id=it),
    "reply": lambda actor, it: reply(actor=actor, ticket_id=it, text="Hm.", at=MONDAY),
    "send": lambda actor, it: send(actor=actor, ticket_id=it, text="Hm.", at=MONDAY),
    "take_back": lambda actor, it: take_back(actor=actor, ticket_id=it, at=MONDAY),
    "note": lambda actor, it: note(actor=actor, ticket_id=it, text="Hm.", at=MONDAY),
    "use_macro": lambda actor, it: use_macro(
        actor=actor,
        ticket_id=it,
        macro_id=Macro.objects.filter(owner=None)[0].pk,
        of=DraftOf.NOTE,
        at=MONDAY,
    ),
    "draft": lambda actor, it: save_draft(
        actor=actor, ticket_id=it, of=DraftOf.REPLY, text="Hm", at=MONDAY
    ),
    "assign": lambda actor, it: assign(
        actor=actor, ticket_id=it, team_id=None, assignee_id=None, at=MONDAY
    ),
    "prioritise": lambda actor, it: prioritise(actor=actor, ticket_id=it, priority="1", at=MONDAY),
    "wait": lambda actor, it: wait(actor=actor, ticket_id=it, on="customer", at=MONDAY),
    "resume": lambda actor, it: resume(actor=actor, ticket_id=it, at=MONDAY),
    "mark": lambda actor, it: mark(actor=actor, ticket_id=it, mark="workaround", at=MONDAY),
    "resolve": lambda actor, it: resolve(actor=actor, ticket_id=it, at=MONDAY),
    "reopen": lambda actor, it: reopen(actor=actor, ticket_id=it, at=MONDAY),
    "rate": lambda actor, it: rate(actor=actor, ticket_id=it, verdict="good", words="", at=MONDAY),
    "close": lambda actor, it: close(actor=actor, ticket_id=it, at=MONDAY),
    "escalate": lambda actor, it: escalate(actor=actor, ticket_id=it, level=1, at=MONDAY),
    "exclude": lambda actor, it: exclude(actor=actor, ticket_id=it, cause="training", at=MONDAY),
    "withdraw_exclusion": lambda actor, it: withdraw_exclusion(
        actor=actor, ticket_id=it, at=MONDAY
    ),
    "merge": merge_into_another,
    "unmerge": lambda actor, it: unmerge(actor=actor, ticket_id=it, at=MONDAY),
    "link": lambda actor, it: link(
        actor=actor, ticket_id=it, to_id=another(), relation="caused_by", at=MONDAY
    ),
    "unlink": lambda actor, it: unlink(actor=actor, ticket_id=it, to_id=another(), at=MONDAY),
    "object": lambda actor, it: object_to_exclusion(
        actor=actor, ticket_id=it, text="It does not.", at=MONDAY
    ),
    "split": split_the_last_off,
    "unsplit": lambda actor, it: unsplit(actor=actor, ticket_id=it, at=MONDAY),
    "spend": lambda actor, it: spend(actor=actor, ticket_id=it, minutes=5, at=MONDAY),
    "snooze": lambda actor, it: snooze(actor=actor, ticket_id=it, until=LATER, at=MONDAY),
    "tag": lambda actor, it: tag(actor=actor, ticket_id=it, names=["odd"], at=MONDAY),
    "fill": lambda actor, it: fill(
        actor=actor, ticket_id=it, values={Field.objects.all()[0].key: "Odd"}, at=MONDAY
    ),
    "follow": lambda actor, it: follow(actor=actor, ticket_id=it, at=MONDAY),
    "unfollow": lambda actor, it: unfollow(actor=actor, ticket_id=it, at=MONDAY),
    "retitle": lambda actor, it: retitle(actor=actor, ticket_id=it, subject="New", at=MONDAY),
}


def actors_of(people: Cast, names: Iterable[str]) -> dict[str, Actor]:
    """Everybody in the table, two of whom only this test knows."""
    boss, acme = people.actor("owner"), people.acme.pk
    mona = invite_contact(
        actor=boss,
        organisation_id=acme,
        email="mona@acme.example",
        name="Mona",
        role=MANAGER,
        at=MONDAY,
    )
    dora = invite_agent(actor=boss, email="dora@desk.example", name="Dora", at=MONDAY)
    invite_contact(actor=boss, organisation_id=acme, email=dora.email, name="Dora", at=MONDAY)
    deactivate(actor=boss, person_id=dora.pk, at=MONDAY)
    dora.refresh_from_db()
    known = {"manager": actor_for(mona, via="web"), "dismissed": actor_for(dora, via="web")}
    return {name: known.get(name) or people.actor(name) for name in names}


def objects(people: Cast) -> dict[str, int]:
    boss = people.actor("owner")
    add_macro(actor=boss, words=MacroWords(name="A", text="B"), is_own=False, at=MONDAY)
    add_field(actor=boss, kind="text", asked=Asked(name="Cause"), at=MONDAY)
    secret = add_team(actor=boss, name="Secret", is_private=True, at=MONDAY)
    place_in_team(actor=boss, team_id=secret.pk, person_id=people.second_agent.pk, at=MONDAY)

    def opened(name: str, team_id: int | None = None, subject: str = "A") -> int:
        actor = people.actor(name)
        return open_ticket(actor=actor, subject=subject, text="B", team_id=team_id, at=MONDAY).pk

    gone, merged, into = (opened("contact", subject=s) for s in ("A", "B", "Into this one"))
    close(actor=boss, ticket_id=gone, at=MONDAY)
    merge(actor=boss, ticket_id=merged, into_id=into, at=MONDAY)
    return {
        "clara": opened("contact"),
        "carl": opened("colleague"),
        "solo": opened("lone_contact"),
        "stella": opened("stranger"),
        "private": opened("contact", secret.pk),
        "merged": merged,
        "gone": gone,
        "none": gone + 1_000,
    }


def test_every_answer_is_the_one_in_the_table(people: Cast) -> None:
    subscribed(people, published(people, FULL))
    table = read("access_table.txt")
    tickets = objects(people)
    actors = actors_of(people, {actor for actor, _, _ in table})
    assert not differences(table, VERBS, actors, tickets)


def test_the_table_asks_every_actor_every_verb_of_every_ticket(people: Cast) -> None:
    table = read("access_table.txt")
    actors = {actor for actor, _, _ in table}
    assert table.keys() == set(product(actors, VERBS, objects(people)))


def two_tickets(people: Cast) -> int:
    """Of the contact: one to try deeds on, and one that some deeds need as well."""
    boss = people.actor("owner")
    add_macro(actor=boss, words=MacroWords(name="A", text="B"), is_own=False, at=MONDAY)
    add_field(actor=boss, kind="text", asked=Asked(name="Cause"), at=MONDAY)
    ticket, _ = (
        open_ticket(actor=people.actor("contact"), subject=subject, text="B", at=MONDAY)
        for subject in ("A", "Into this one")
    )
    return ticket.pk


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "see"])
def test_unknown_and_forbidden_read_the_same(people: Cast, verb: str) -> None:
    ticket_id = once(("two tickets", people.owner.pk), lambda: two_tickets(people))
    stranger = people.actor("stranger")
    texts = set()
    for tried in (ticket_id, ticket_id + 1_000):
        with pytest.raises(NotFound) as caught:
            VERBS[verb](stranger, tried)
        texts.add(str(caught.value))
    assert len(texts) == 1


def test_somebody_who_left_an_organisation_leaves_their_tickets_there(people: Cast) -> None:
    ticket = open_ticket(actor=people.actor("contact"), subject="A", text="B", at=MONDAY)
    Membership.objects.filter(person=people.contact).delete()
    for verb in ("see", "reply", "resolve"):
        assert outcome(VERBS[verb], people.actor("contact"), ticket.pk) == "."
        assert outcome(VERBS[verb], people.actor("colleague"), ticket.pk) == "y"


def test_the_desk_itself_sees_every_ticket_and_a_stranger_none(people: Cast) -> None:
    ticket = open_ticket(actor=people.actor("contact"), subject="A", text="B", at=MONDAY)
    assert list(visible_to(the_desk("timer"))) == [ticket]
    nobody = Actor(person_id=None, via="web")
    assert not visible_to(nobody).exists()
    assert not may_see(nobody, ticket)
