"""Many tickets at once in the browser: a plain form, a word or a sheet afterwards, and a way back."""

import re
from datetime import datetime

import pytest
from django.test import Client

from duly.desk.actions.tickets._verbs import VERBS
from duly.desk.actions.tickets.close import close
from duly.desk.tickets.batch import Batch
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import Cast
from tests.web.reading import hidden, page, words
from tests.web.test_queue import opened


@pytest.fixture
def two(people: Cast, ticket: Ticket, now: datetime) -> list[Ticket]:
    return [ticket, opened(people, now, "The printer is on fire", priority="1")]


@pytest.fixture
def anton(people: Cast, client: Client) -> Client:
    client.force_login(people.agent)
    return client


def sent(client: Client, tickets: list[Ticket], verb: str, **facts: str) -> str:
    """Send the form of the queue as a browser does, and give the words of where it leads."""
    html = client.get("/desk/").content.decode()
    form = {"key": hidden(html, "key"), "verb": verb, "tickets": [one.number for one in tickets]}
    return words(client.post("/desk/many/", form | facts, follow=True).content.decode())


def test_the_queue_offers_it_without_script(
    people: Cast, two: list[Ticket], client: Client
) -> None:
    client.force_login(people.agent)
    html = client.get("/desk/").content.decode()
    for ticket in two:
        assert f'name="tickets" value="{ticket.number}" form="bulk"' in html
    assert f'<option value="{people.second_agent.pk}">Berta</option>' in html
    assert '<option value="2">Normal</option>' in html


def test_what_nobody_lets_one_do_is_not_offered(
    people: Cast, two: list[Ticket], client: Client
) -> None:
    client.force_login(people.light_agent)
    html = client.get("/desk/").content.decode()
    assert re.findall(r'name="verb" value="(\w+)"', html) == ["tag"], "they may leave notes"
    client.force_login(people.agent)
    offered = re.findall(r'name="verb" value="(\w+)"', client.get("/desk/").content.decode())
    assert sorted(offered) == sorted(VERBS)


def test_a_word_says_that_all_went_well_and_leads_back(
    people: Cast, two: list[Ticket], client: Client
) -> None:
    client.force_login(people.agent)
    text = sent(client, two, "assign", assignee=str(people.agent.pk), team="keep")
    assert "2 tickets assigned. Undo" in text
    assert Ticket.objects.filter(assignee=people.agent).count() == 2
    address = f"/desk/many/{Batch.objects.get().pk}/back/"
    answer = client.post(address, follow=True, headers={"referer": "http://testserver/desk/"})
    assert "Taken back on 2 tickets." in words(answer.content.decode())
    assert not Ticket.objects.filter(assignee=people.agent).exists()


def test_a_sheet_says_what_was_not_done_and_why(
    people: Cast, two: list[Ticket], now: datetime, client: Client
) -> None:
    client.force_login(people.agent)
    form = client.get("/desk/").content.decode()
    close(actor=people.actor("lead"), ticket_id=two[0].pk, at=now)
    data = {"key": hidden(form, "key"), "verb": "resolve", "text": "Put out."}
    data |= {"tickets": [one.number for one in two]}  # type: ignore[dict-item]
    text = words(client.post("/desk/many/", data, follow=True).content.decode())
    assert "1 ticket resolved." in text
    assert "1 ticket was left as it is" in text
    assert f"#{two[0].number} The report is empty" in text
    assert "is closed" in text
    assert "Take it back" in text
    again = words(client.post("/desk/many/", data, follow=True).content.decode())
    assert "1 ticket resolved." in again
    assert two[1].messages.filter(text="Put out.").count() == 1


def test_the_ticket_that_others_go_on_in_may_be_selected_too(
    people: Cast, two: list[Ticket], client: Client
) -> None:
    client.force_login(people.agent)
    assert "1 ticket merged." in sent(client, two, "merge", into=f"#{two[1].number}")


@pytest.mark.parametrize(
    ("verb", "facts", "said"),
    [
        ("", {}, "Choose what to do"),
        ("assign", {"assignee": "keep", "team": "keep"}, "Choose an agent or a team"),
        ("prioritise", {"priority": ""}, "Choose a priority"),
        ("tag", {"added": " , ", "removed": ""}, "Write a tag"),
        ("snooze", {"until": "soon"}, "Choose a day and an hour"),
        ("merge", {"into": "999999"}, "no ticket with that number"),
    ],
)
def test_a_form_that_says_too_little_does_nothing(
    two: list[Ticket], anton: Client, verb: str, facts: dict[str, str], said: str
) -> None:
    assert said in sent(anton, two, verb, **facts)
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("verb", "facts", "said"),
    [
        ("prioritise", {"priority": "3"}, "Priority set on 2 tickets."),
        ("tag", {"added": "fire, red"}, "Tags changed on 2 tickets."),
        ("wait", {"on": "customer"}, "2 tickets are waiting."),
        ("snooze", {"until": "2026-10-23T09:00"}, "2 tickets put aside."),
        ("resolve", {"text": ""}, "2 tickets resolved."),
        ("close", {}, "2 tickets closed."),
    ],
)
def test_each_verb_is_done_and_said(
    two: list[Ticket], anton: Client, verb: str, facts: dict[str, str], said: str
) -> None:
    assert said in sent(anton, two, verb, **facts)


def test_a_batch_is_seen_by_who_did_it(people: Cast, two: list[Ticket], client: Client) -> None:
    client.force_login(people.agent)
    sent(client, two, "wait", on="customer")
    address = f"/desk/many/{Batch.objects.get().pk}/"
    assert "How it ended" in page(client, address)
    client.force_login(people.lead)
    page(client, address, status=404)
