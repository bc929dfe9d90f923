"""The form asks what the plan asks for; what was told stands on the ticket, for both sides."""

from datetime import datetime

import pytest
from django.test import Client

from duly.desk.tickets.ticket import Ticket
from tests.desk.people import Cast
from tests.desk.policies import SMALL, acme_holds, published, subscribed
from tests.web.reading import hidden, page, words

ASKING = (
    SMALL
    + """
    requires: [priority]
intake:
  fields:
    - {key: steps, label: Steps to see it again, required: always}
    - incident_id
"""
)


@pytest.fixture
def customer(people: Cast, client: Client, now: datetime) -> Client:
    acme_holds(people, ASKING)
    client.force_login(people.contact)
    return client


def sent(client: Client, **answers: str) -> tuple[int, str]:
    key = hidden(client.get("/tickets/new/").content.decode(), "key")
    words_typed = {"subject": "Door", "text": "Stuck since noon.", "priority": "1", "key": key}
    form = {**words_typed, **{f"answer-{name}": text for name, text in answers.items()}}
    answer = client.post("/tickets/open/", form, follow=True)
    return answer.status_code, answer.content.decode()


def test_the_form_asks_what_the_plan_asks_for(customer: Client) -> None:
    html = customer.get("/tickets/new/").content.decode()
    text = words(html)
    assert "Steps to see it again" in text
    assert "Incident id (if you know)" in text
    assert 'name="answer-steps" required' in html
    assert 'name="answer-incident_id" required' not in html


def test_a_required_answer_that_is_missing_is_asked_for_and_nothing_is_lost(
    customer: Client,
) -> None:
    status, html = sent(customer, steps="  ", incident_id="E-17")
    assert status == 422
    assert "Your plan asks for this: Steps to see it again." in words(html)
    assert "Stuck since noon." in html
    assert "E-17" in html
    assert not Ticket.objects.exists()


def test_what_was_told_stands_on_the_ticket_for_both_sides(customer: Client, people: Cast) -> None:
    status, html = sent(customer, steps="Push.\nTurn.")
    assert status == 200
    assert "Steps to see it again Push. Turn." in words(html)
    assert "Incident id" not in words(html), "what was not answered is not shown"
    customer.force_login(people.agent)
    number = Ticket.objects.get().number
    assert "Steps to see it again Push. Turn." in page(customer, f"/desk/tickets/{number}/")


def test_whoever_asks_for_the_promise_first_keeps_the_answers(customer: Client) -> None:
    typed = {"ask": "promise", "priority": "1", "answer-steps": "Push."}
    html = customer.post("/tickets/open/", typed).content.decode()
    assert ">Push.</textarea>" in html


@pytest.mark.parametrize(
    ("requires", "status", "priority"), [("", 200, "3"), ("    requires: [priority]\n", 422, None)]
)
def test_a_plan_that_does_not_ask_for_the_priority_gives_its_default(
    people: Cast, now: datetime, requires: str, status: int, priority: str | None
) -> None:
    with_default = SMALL.replace("levels: [", "default: {web: 3}, levels: [", 1) + requires
    client = Client()
    subscribed(people, published(people, with_default))
    client.force_login(people.contact)
    key = hidden(client.get("/tickets/new/").content.decode(), "key")
    typed = {"subject": "Door", "text": "Stuck.", "priority": "", "key": key}
    assert client.post("/tickets/open/", typed, follow=True).status_code == status
    assert Ticket.objects.values_list("priority", flat=True).first() == priority


PROVIDER_FIRST = SMALL.replace(
    "    hours: office", "    hours: office\n    priority_set_by: provider"
).replace("{key: 1, name: Urgent}", "{key: 1, name: Urgent, definition: Nobody can work.}")
NO_TIME = """
    targets: {first_response: {1: none, 2: none, 3: none}}
"""


def test_where_the_desk_sets_the_priority_the_form_tells_what_each_would_promise(
    people: Cast, client: Client, now: datetime
) -> None:
    acme_holds(people, PROVIDER_FIRST)
    client.force_login(people.contact)
    text = page(client, "/tickets/new/")
    assert "We set the priority once we have read your report" in text
    # Monday, 10:00: two hours on the wall, or eight of the office's, of which seven are left today.
    assert "Urgent Nobody can work. First answer by today 12:00" in text
    assert "Normal First answer by tomorrow 10:00" in text
    assert "Say how severe" not in text


def test_a_plan_without_any_promise_is_not_called_no_plan(
    people: Cast, client: Client, now: datetime
) -> None:
    silent = PROVIDER_FIRST[: PROVIDER_FIRST.index("    targets:")] + NO_TIME.lstrip("\n")
    subscribed(people, published(people, silent))
    client.force_login(people.contact)
    assert "Basic promises no time. We answer as soon as we can." in page(client, "/tickets/new/")
