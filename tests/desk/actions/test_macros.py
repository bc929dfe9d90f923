"""Macros: words with placeholders that join a draft, steps that are ordinary actions, and who may keep which."""

from datetime import timedelta

import pytest

from duly.desk.actions.macros.keep import (
    MacroWords,
    add_macro,
    change_macro,
    put_macro_back,
    remove_macro,
)
from duly.desk.actions.macros.use import use_macro
from duly.desk.actions.people.leave_team import leave_team
from duly.desk.actions.tickets.draft import save_draft
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.tag import tag
from duly.desk.errors import Invalid, NotAllowed, NotFound
from duly.desk.people.person import Person
from duly.desk.queries.macros import macros
from duly.desk.tickets.draft import Draft, DraftOf
from duly.desk.tickets.event import Event
from duly.desk.tickets.macro import Macro
from duly.desk.tickets.tag import Tagging
from duly.desk.tickets.ticket import Status, Ticket
from tests.desk.people import MONDAY, Cast

HELLO = "Hello {{ customer.first_name }},\n\nwe look at {{ ticket.number }}. {{agent.name}}"


@pytest.fixture
def ticket(covered: Cast) -> Ticket:
    return open_ticket(
        actor=covered.actor("contact"), subject="Door", text="Stuck.", priority="2", at=MONDAY
    )


def made(people: Cast, who: str = "agent", *, is_own: bool = True, **words: object) -> Macro:
    said = MacroWords(**({"name": "Hello", "text": HELLO} | words))  # type: ignore[arg-type]
    return add_macro(actor=people.actor(who), words=said, is_own=is_own, at=MONDAY)


def used(people: Cast, ticket: Ticket, macro: Macro, who: str = "agent", **more: object) -> str:
    actor = people.actor(who)
    use_macro(actor=actor, ticket_id=ticket.pk, macro_id=macro.pk, at=MONDAY, **more)  # type: ignore[arg-type]
    draft = Draft.objects.filter(ticket=ticket, person=actor.person_id).first()
    return draft.text if draft else ""


def test_its_words_are_filled_in_and_join_the_draft(covered: Cast, ticket: Ticket) -> None:
    said = f"Hello Clara,\n\nwe look at #{ticket.number}. Anton"
    assert used(covered, ticket, made(covered)) == said
    assert used(covered, ticket, made(covered, text="Bye."), text="Dear C,\n") == "Dear C,\n\nBye."


def test_without_words_at_hand_the_kept_draft_goes_on(covered: Cast, ticket: Ticket) -> None:
    agent = covered.actor("agent")
    save_draft(actor=agent, ticket_id=ticket.pk, of=DraftOf.REPLY, text="Dear C,", at=MONDAY)
    assert used(covered, ticket, made(covered, text="Bye.")) == "Dear C,\n\nBye."


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Eve *bold* [x](http://evil.example)", r"Eve \*bold\* \[x\](http://evil.example)"),
        ("<script>alert(1)</script>", r"\<script>alert(1)\</script>"),
        ("{{ agent.name }}", "{{ agent.name }}"),
        ("Two\nlines", "Two lines"),
    ],
)
def test_a_value_is_never_markup_nor_another_placeholder(
    covered: Cast, ticket: Ticket, name: str, shown: str
) -> None:
    Person.objects.filter(pk=covered.contact.pk).update(name=name)
    assert used(covered, ticket, made(covered, text="{{ customer.name }}")) == shown


@pytest.mark.parametrize(
    "text",
    ["{{ customer.password }}", "{{ ticket.__class__ }}", "{{", "{{ customer.name", "{{{ x }}}"],
)
def test_a_placeholder_that_nobody_fills_is_refused_when_it_is_kept(
    covered: Cast, text: str
) -> None:
    with pytest.raises(Invalid) as caught:
        made(covered, text=text)
    assert caught.value.field == "text"
    assert not Macro.objects.exists()


def test_its_steps_are_ordinary_actions(covered: Cast, ticket: Ticket) -> None:
    tag(actor=covered.actor("agent"), ticket_id=ticket.pk, names=["old"], at=MONDAY)
    macro = made(covered, text="", tags=["Printer"], priority="1", takes=True, then="resolve")
    used(covered, ticket, macro)
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.assignee, ticket.status) == ("1", covered.agent, "resolved")
    assert set(Tagging.objects.values_list("tag__name", flat=True)) == {"old", "printer"}
    kinds = Event.objects.filter(ticket=ticket).values_list("kind", flat=True)
    assert {"tagged", "prioritised", "assigned", "resolved"} <= set(kinds)


def test_what_follows_its_words_waits_for_the_sending(covered: Cast, ticket: Ticket) -> None:
    done = use_macro(
        actor=covered.actor("agent"),
        ticket_id=ticket.pk,
        macro_id=made(covered, then="wait").pk,
        at=MONDAY,
    )
    ticket.refresh_from_db()
    assert (done.then, ticket.status) == ("wait", Status.OPEN)


def test_it_goes_to_a_team(covered: Cast, ticket: Ticket) -> None:
    used(covered, ticket, made(covered, text="", assigns_to=covered.team.pk))
    ticket.refresh_from_db()
    assert (ticket.team, ticket.assignee) == (covered.team, None)


def test_a_step_that_cannot_be_taken_leaves_everything_as_it_was(
    covered: Cast, ticket: Ticket
) -> None:
    with pytest.raises(Invalid):
        used(covered, ticket, made(covered, tags=["x"], priority="99"))
    assert not Draft.objects.exists()
    assert not Tagging.objects.exists()


def test_a_light_agent_uses_one_for_notes_and_may_not_do_more_by_it(
    covered: Cast, ticket: Ticket
) -> None:
    shared = made(covered, "lead", is_own=False)
    assert "Hello Clara" in used(covered, ticket, shared, "light_agent", of=DraftOf.NOTE)
    with pytest.raises(NotAllowed):
        used(covered, ticket, made(covered, "lead", is_own=False, priority="1"), "light_agent")


def test_ones_own_is_nobody_elses(covered: Cast, ticket: Ticket) -> None:
    macro = made(covered)
    assert [one.name for one in macros(covered.actor("agent"))] == ["Hello"]
    assert not macros(covered.actor("lead"))
    for who in ("lead", "second_agent", "contact"):
        with pytest.raises(NotFound):
            used(covered, ticket, macro, who)
        with pytest.raises(NotFound):
            remove_macro(actor=covered.actor(who), macro_id=macro.pk, at=MONDAY)


def test_a_teams_are_kept_by_whoever_works_there(covered: Cast) -> None:
    words = MacroWords(name="Ours", text="Hi.")
    agent, second = covered.actor("agent"), covered.actor("second_agent")
    macro = add_macro(actor=agent, words=words, is_own=False, team_id=covered.team.pk, at=MONDAY)
    change_macro(
        actor=second, macro_id=macro.pk, words=MacroWords(name="Ours", text="Ho."), at=MONDAY
    )
    leave_team(
        actor=covered.actor("owner"),
        team_id=covered.team.pk,
        person_id=covered.second_agent.pk,
        at=MONDAY,
    )
    assert not macros(covered.actor("second_agent"))
    assert [one.text for one in macros(agent)] == ["Ho."]


def test_everybodys_are_kept_by_leads_alone(covered: Cast) -> None:
    macro = made(covered, "lead", is_own=False)
    assert macros(covered.actor("agent"))
    with pytest.raises(NotFound):
        made(covered, is_own=False)
    with pytest.raises(NotAllowed):
        remove_macro(actor=covered.actor("agent"), macro_id=macro.pk, at=MONDAY)


def test_a_removed_one_is_put_back(covered: Cast) -> None:
    agent, macro = covered.actor("agent"), made(covered)
    remove_macro(actor=agent, macro_id=macro.pk, at=MONDAY + timedelta(minutes=1))
    assert not macros(agent)
    put_macro_back(actor=agent, macro_id=macro.pk, at=MONDAY + timedelta(minutes=2))
    assert macros(agent)


def test_they_are_found_by_every_word_of_name_and_text(covered: Cast) -> None:
    made(covered, name="Printer on fire", text="Use water.")
    made(covered, name="Goodbye", text="The printer is fine.")
    agent = covered.actor("agent")
    assert [one.name for one in macros(agent, "PRINTER fire")] == ["Printer on fire"]
    assert len(macros(agent, "printer")) == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": " "}, "name"), ({"text": " "}, "text"), ({"assigns_to": 999_999}, "assigns_to")],
)
def test_what_makes_no_sense_is_refused(
    covered: Cast, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        made(covered, **wrong)  # type: ignore[arg-type]
    assert caught.value.field == field
