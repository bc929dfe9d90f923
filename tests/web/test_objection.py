"""A customer reads by which clause their ticket is outside the agreement, and objects on its page."""

import pytest
from django.test import Client

from duly.desk.actions.tickets.exclude import exclude
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import FULL, acme_holds
from tests.web.reading import hidden, page, words


@pytest.fixture
def excluded(people: Cast, now: object) -> Ticket:
    acme_holds(people, FULL)
    ticket = open_ticket(
        actor=people.actor("contact"), subject="A", text="B", priority="1", at=MONDAY
    )
    exclude(actor=people.actor("lead"), ticket_id=ticket.pk, cause="training", at=MONDAY)
    return ticket


def sent(client: Client, ticket: Ticket, text: str) -> tuple[int, str]:
    html = client.get(f"/tickets/{ticket.number}/").content.decode()
    form = {"objection-text": text, "objection-key": hidden(html, "objection-key")}
    answer = client.post(f"/tickets/{ticket.number}/object/", form, follow=True)
    return answer.status_code, answer.content.decode()


def test_the_customer_reads_the_clause_and_objects(
    people: Cast, client: Client, excluded: Ticket
) -> None:
    client.force_login(people.contact)
    assert "Training is not support." in page(client, f"/tickets/{excluded.number}/")
    status, html = sent(client, excluded, "Nothing trains anybody here.")
    assert status == 200
    text = words(html)
    assert "We have your objection." in text
    assert "Nothing trains anybody here." in text
    assert "Clara objected, today 10:00." in text
    assert "Why it does not apply" not in text, "it is said once"
    client.force_login(people.lead)
    text = page(client, f"/desk/tickets/{excluded.number}/")
    assert "Clara objects, today 08:00" in text, "Lena reads in UTC"
    assert "Withdraw the exclusion" in text


def test_an_empty_objection_stays_on_the_screen(
    people: Cast, client: Client, excluded: Ticket
) -> None:
    client.force_login(people.contact)
    status, html = sent(client, excluded, "")
    assert status == 422
    assert "Write something before you send it." in words(html)
    assert not Event.objects.filter(kind="objected").exists()


def test_within_the_agreement_nobody_is_asked(people: Cast, client: Client, ticket: Ticket) -> None:
    client.force_login(people.contact)
    assert "Outside your agreement" not in page(client, f"/tickets/{ticket.number}/")
