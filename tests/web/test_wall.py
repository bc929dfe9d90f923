"""The wall: to be read from across the room, and without words where nobody is signed in."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.people.organise import add_team
from duly.desk.actions.setup.screens import put_up_screen, revoke_screen
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.snooze import snooze
from duly.desk.actions.tickets.tally import tally_queue
from duly.desk.errors import Invalid
from duly.desk.setup.audit import AuditEntry
from duly.desk.tickets.screen import Screen
from duly.desk.tickets.ticket import Ticket
from duly.web.wall import address_of
from tests.desk.people import MONDAY, Cast
from tests.web.reading import page
from tests.web.test_queue import MOST_STATEMENTS, opened


def hung(people: Cast, team: int | None = None, *, names_customers: bool = False) -> Screen:
    return put_up_screen(
        actor=people.actor("owner"),
        name="Hall",
        team_id=team,
        names_customers=names_customers,
        at=MONDAY,
    )


def test_an_agent_sees_words_and_names(
    people: Cast, ticket: Ticket, now: datetime, client: Client
) -> None:
    anton = people.agent.pk
    boss = people.actor("owner")
    assign(actor=boss, ticket_id=ticket.pk, team_id=None, assignee_id=anton, at=now)
    opened(people, now, "Everything is down", priority="1")
    client.force_login(people.agent)
    text = page(client, "/desk/wall/")
    assert "left Everything is down first answer · Acme · Urgent nobody yet" in text
    assert "left The report is empty first answer · Acme · Normal Anton" in text
    # Two hours and eight; the page itself may take a second.
    assert re.findall(r"(2 h|1 h 59 min|8 h|7 h 59 min) left", text)[0][:3] in ("2 h", "1 h")


def test_a_screen_shows_clocks_and_numbers_and_no_words(
    people: Cast, ticket: Ticket, now: datetime, client: Client
) -> None:
    tally_queue(at=now + timedelta(days=3))
    text = page(client, address_of(hung(people).pk))
    assert "Hall" in text
    assert f"left #{ticket.number} first answer · Normal nobody yet" in text
    assert "missed ◆ 1" in text
    for word in ("report", "Acme", "Clara", "Anton"):
        assert word not in text
    named = page(client, address_of(hung(people, names_customers=True).pk))
    assert "first answer · Acme · Normal" in named


def test_a_screen_never_shows_what_a_private_team_keeps(
    people: Cast, ticket: Ticket, now: datetime, client: Client
) -> None:
    boss = people.actor("owner")
    private = add_team(actor=boss, name="Private", is_private=True, at=now)
    with pytest.raises(Invalid):
        hung(people, private.pk)
    of_team = hung(people, people.team.pk)
    assert f"#{ticket.number}" not in page(client, address_of(of_team.pk)), "it is in no team"
    assign(actor=boss, ticket_id=ticket.pk, team_id=people.team.pk, assignee_id=None, at=now)
    assert f"#{ticket.number}" in page(client, address_of(of_team.pk))
    people.team.is_private = True
    people.team.save()
    tally_queue(at=now)
    for screen in (of_team, hung(people)):
        text = page(client, address_of(screen.pk))
        assert f"#{ticket.number}" not in text
        assert "in all 0" in text


def test_an_address_is_revoked_and_cannot_be_guessed(
    people: Cast, ticket: Ticket, client: Client
) -> None:
    first, second = hung(people), hung(people)
    forged = address_of(first.pk).replace(f"/{first.pk}:", f"/{second.pk}:")
    assert forged != address_of(first.pk)
    page(client, forged, status=404)
    answer = client.get(address_of(first.pk))
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    revoke_screen(actor=people.actor("owner"), screen_id=first.pk, at=MONDAY)
    revoke_screen(actor=people.actor("owner"), screen_id=first.pk, at=MONDAY)
    page(client, address_of(first.pk), status=404)
    page(client, address_of(second.pk))
    acts = list(AuditEntry.objects.values_list("act", flat=True))
    assert (acts.count("screen_put_up"), acts.count("screen_revoked")) == (2, 1)


def test_screens_are_put_up_and_revoked_in_the_browser(people: Cast, client: Client) -> None:
    client.force_login(people.owner)
    sent = {"name": "Second floor", "team": str(people.team.pk), "names_customers": "on"}
    client.post("/desk/screens/new/", sent)
    screen = Screen.objects.get()
    assert (screen.team, screen.names_customers) == (people.team, True)
    html = client.get("/desk/screens/").content.decode()
    assert f"http://testserver{address_of(screen.pk)}" in html
    assert "Second floor Support · with customers · put up by Olga" in page(
        client, "/desk/screens/"
    )
    client.post(f"/desk/screens/{screen.pk}/revoke/")
    assert "Second floor" not in page(client, "/desk/screens/")
    assert client.post("/desk/screens/new/", {"name": " "}).status_code == 409


def test_what_was_put_aside_or_promises_nothing_is_not_due(
    people: Cast, ticket: Ticket, now: datetime, client: Client
) -> None:
    snooze(actor=people.actor("agent"), ticket_id=ticket.pk, until=now + timedelta(days=2), at=now)
    opened(people, now, "Whenever", priority="3")
    assert "Nothing is due." in page(client, address_of(hung(people).pk))


def test_the_wall_costs_few_statements(
    people: Cast,
    ticket: Ticket,
    now: datetime,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        opened(people, now, f"Number {number}")
    screen = address_of(hung(people).pk)
    page(client, screen)
    with django_assert_max_num_queries(5):
        page(client, screen)
    client.force_login(people.agent)
    with django_assert_max_num_queries(MOST_STATEMENTS):
        page(client, "/desk/wall/")
