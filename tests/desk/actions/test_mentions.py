"""Who is meant by `@Name` in a note, and that they are told once, follow, and may see what they are told of."""

from datetime import timedelta

import pytest

from duly.desk.access.actor import actor_for
from duly.desk.access.tickets import agents_who_see, may_see_internal
from duly.desk.actions.deliveries.claim import claim
from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.actions.people.deactivate import deactivate
from duly.desk.actions.people.organise import add_team, place_in_team
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.mailroom.delivery import Delivery
from duly.desk.mailroom.letter import Letter
from duly.desk.mailroom.outbox import Outbox
from duly.desk.people.person import Person
from duly.desk.tickets.event import Event
from duly.desk.tickets.mentions import may_mention, mentioned
from duly.desk.tickets.message import Note
from duly.desk.tickets.tag import Follower
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast

HOUR = timedelta(hours=1)
ANN, ANNA, BOB, JO, ALSO_JO, ODD = range(1, 7)
NAMES = [
    (ANN, "Ann"),
    (ANNA, "Ann  Marie Lee"),
    (BOB, "Bob O'Neil"),
    (JO, "Jo Weber"),
    (ALSO_JO, "Jo Klein"),
    (ODD, "Zoë (2nd) +.*"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@Bob look", {BOB}),
        ("@bob o'neil: look", {BOB}),
        ("Ask @Bob, @zoë.", {BOB, ODD}),
        ("(@Zoë (2nd) +.*)", {ODD}),
        ("@Bobby", set()),
        ("@Jo", set()),
        ("@Jo Weber and @JO KLEIN", {JO, ALSO_JO}),
        ("@Ann Marie Lee", {ANNA}),
        ("@Ann Marie", set()),
        ("bob@bob.example, b.@Bob, @@Bob", set()),
        ("@ Bob", set()),
        ("@", set()),
        ("> @Bob\nNo.", set()),
        ("@Bob @Bob", {BOB}),
        ("@" * 10_000 + "Bob", set()),
        ("@x " * 200 + "@Bob", set()),
    ],
)
def test_a_mention_is_a_whole_name_or_a_first_name_that_is_one_persons(
    text: str, expected: set[int]
) -> None:
    assert mentioned(text, NAMES) == expected
    assert may_mention(text) or not expected


@pytest.fixture
def ticket(covered: Cast) -> Ticket:
    ticket = open_ticket(
        actor=covered.actor("contact"), subject="Door", text="Stuck.", priority="2", at=MONDAY
    )
    dispatch(at=MONDAY)
    Delivery.objects.all().delete()
    return ticket


def noted(
    people: Cast, ticket: Ticket, text: str, who: str = "agent", key: str | None = None
) -> Note:
    return note(actor=people.actor(who), ticket_id=ticket.pk, text=text, at=MONDAY + HOUR, key=key)


def told() -> list[Letter]:
    dispatch(at=MONDAY + HOUR)
    return claim(at=MONDAY + HOUR)


def test_whoever_is_mentioned_is_told_once_and_follows(covered: Cast, ticket: Ticket) -> None:
    for _ in range(2):
        noted(covered, ticket, "@Berta and @lukas: look. @Anton @Clara @Nobody", key="k")
    event = Event.objects.get(ticket=ticket, kind="noted")
    expected = sorted([covered.second_agent.pk, covered.light_agent.pk])
    assert event.facts["mentioned"] == expected, "not oneself, no customer"
    following = Follower.objects.filter(ticket=ticket).order_by("person")
    assert list(following.values_list("person", flat=True)) == expected
    letters = told()
    assert sorted(letter.reader.name for letter in letters) == ["Berta", "Lukas"]
    (item,) = letters[0].about[0].items
    assert (item.kind, item.who, item.text) == ("noted", "Anton", None), "a note is never mailed"
    assert told() == []


def test_a_note_that_mentions_nobody_is_told_to_nobody(covered: Cast, ticket: Ticket) -> None:
    for text in ("Look.", "@Nobody look.", "@Anton"):
        noted(covered, ticket, text)
    assert not Outbox.objects.exists()
    assert not Follower.objects.exists()


def test_only_who_sees_the_ticket_can_be_mentioned(covered: Cast, ticket: Ticket) -> None:
    boss = covered.actor("owner")
    secret = add_team(actor=boss, name="Secret", is_private=True, at=MONDAY)
    place_in_team(actor=boss, team_id=secret.pk, person_id=covered.second_agent.pk, at=MONDAY)
    deactivate(actor=boss, person_id=covered.light_agent.pk, at=MONDAY)
    for team in (None, secret.pk, covered.team.pk):
        assign(actor=boss, ticket_id=ticket.pk, team_id=team, assignee_id=None, at=MONDAY)
        ticket.refresh_from_db()
        judged = {
            person.pk
            for person in Person.objects.all()
            if may_see_internal(actor_for(person, via="web"), ticket)
        }
        assert {person.pk for person in agents_who_see(ticket)} == judged
        if team == secret.pk:
            assert judged == {covered.owner.pk, covered.second_agent.pk}
            noted(covered, ticket, "@Lena @Berta", who="second_agent")
    assert not Event.objects.filter(kind="noted", facts__has_key="mentioned").exists()


def test_rights_are_asked_again_when_the_letter_is_sent(covered: Cast, ticket: Ticket) -> None:
    boss = covered.actor("owner")
    noted(covered, ticket, "@Berta")
    secret = add_team(actor=boss, name="Secret", is_private=True, at=MONDAY)
    dispatch(at=MONDAY + HOUR)
    assign(actor=boss, ticket_id=ticket.pk, team_id=secret.pk, assignee_id=None, at=MONDAY + HOUR)
    assert claim(at=MONDAY + HOUR) == []
    assert Delivery.objects.get(person=covered.second_agent).state == "dropped"
