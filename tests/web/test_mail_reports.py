"""A provider reports at an address with a secret: what came back, or is not wanted, stands on its ticket."""

import re
from base64 import b64encode
from datetime import datetime

import pytest
from django.test import Client

from duly.desk.actions.deliveries.claim import claim
from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.actions.deliveries.settle import sent
from duly.desk.actions.setup.outgoing import Outgoing, set_outgoing
from duly.desk.mailroom.delivery import Delivery
from duly.desk.mailroom.outgoing import OutgoingServer
from duly.desk.people.person import Person
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket
from tests.channels.mail_out.reported import ID, REPORTS
from tests.desk.people import Cast
from tests.web.reading import words

REPORTED_AT = "/mail/reports/"


def choose(people: Cast, provider: str, now: datetime) -> None:
    outgoing = Outgoing(provider=provider, password="key")
    set_outgoing(actor=people.actor("owner"), outgoing=outgoing, at=now)


@pytest.fixture
def secret(people: Cast, client: Client, now: datetime) -> str:
    """Made by the owner and shown once."""
    choose(people, "postmark", now)
    client.force_login(people.owner)
    shown = client.post("/desk/setup/outgoing/reports/").content.decode()
    found = re.search(r"//duly:([\w-]{43})@[^<]+/mail/reports/", shown)
    assert found is not None
    assert found.group(1) not in client.get("/desk/setup/outgoing/").content.decode()
    assert found.group(1).encode() not in bytes(OutgoingServer.objects.get().report_secret)
    return found.group(1)


@pytest.fixture
def letter(people: Cast, ticket: Ticket, now: datetime) -> Delivery:
    """The confirmation to whoever opened the ticket, taken by the provider."""
    dispatch(at=now)
    for one in claim(at=now):
        sent(delivery_id=one.delivery_id, at=now)
    return Delivery.objects.get(person=people.contact)


def post(client: Client, provider: str, letter: Delivery, secret: str) -> int:
    one = REPORTS[provider]
    ours = f"<{letter.message_id}@desk.test>".encode()
    body = one.body.replace(ID.encode(), ours)
    assert body != one.body
    who = "Basic " + b64encode(f"duly:{secret}".encode()).decode()
    answer = client.post(REPORTED_AT, body, content_type=one.content_type, HTTP_AUTHORIZATION=who)
    return answer.status_code


def happened() -> list[tuple[str, int | None]]:
    kinds = Event.objects.filter(kind__in=["undelivered", "complained"])
    return list(kinds.values_list("kind", "person_id"))


def test_a_bounce_stands_on_its_ticket_once(
    people: Cast, client: Client, secret: str, letter: Delivery, now: datetime
) -> None:
    choose(people, "mailgun", now)
    assert [post(client, "mailgun", letter, secret) for _ in range(2)] == [200, 200]
    assert happened() == [("undelivered", people.contact.pk)]
    letter.refresh_from_db()
    assert (letter.state, letter.result) == ("failed", "550 5.1.1 nobody here")
    assert Person.objects.exclude(unreached_at=None).get() == people.contact


def test_a_complaint_stands_on_its_ticket_once_and_the_letter_was_sent(
    people: Cast, client: Client, secret: str, letter: Delivery
) -> None:
    assert [post(client, "postmark", letter, secret) for _ in range(2)] == [200, 200]
    assert happened() == [("complained", people.contact.pk)]
    letter.refresh_from_db()
    assert letter.state == "sent"
    client.force_login(people.agent)
    text = words(client.get(f"/desk/tickets/{Ticket.objects.get().number}/").content.decode())
    assert "called a letter about this ticket unwanted" in text
    assert "explicitly marked this message as spam" in text


def test_who_does_not_know_the_secret_reports_nothing(
    people: Cast, client: Client, secret: str, letter: Delivery, now: datetime
) -> None:
    assert post(client, "postmark", letter, "another") == 403
    assert client.post(REPORTED_AT, b"{}", content_type="application/json").status_code == 403
    # A new address ends the old one, and so does a way out without a provider.
    client.post("/desk/setup/outgoing/reports/")
    assert post(client, "postmark", letter, secret) == 403
    set_outgoing(actor=people.actor("owner"), outgoing=Outgoing(), at=now)
    assert post(client, "postmark", letter, secret) == 403
    assert happened() == []


def test_a_report_about_a_mail_that_nobody_knows_is_left(
    client: Client, secret: str, letter: Delivery
) -> None:
    other = Delivery(message_id="ffffffff")
    assert post(client, "postmark", other, secret) == 200
    assert happened() == []
