"""How the help was: asked in the letter and on the page, answered by a button alone."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from duly.channels.mail_out.message import Mail
from duly.desk.actions.deliveries.claim import claim
from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.actions.people.deactivate import deactivate
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.reopen import reopen
from duly.desk.actions.tickets.reply import reply
from duly.desk.tickets.rating import Rating, rating_key
from duly.desk.tickets.ticket import Ticket
from duly.letters.mail import mail_of
from tests.desk.people import Cast
from tests.web.reading import page, words

HOUR = timedelta(hours=1)


@pytest.fixture
def resolved(ticket: Ticket, people: Cast, now: datetime) -> Ticket:
    agent = people.actor("agent")
    reply(actor=agent, ticket_id=ticket.pk, text="Try now.", then="resolve", at=now)
    return ticket


@pytest.fixture
def link(resolved: Ticket, people: Cast) -> str:
    return f"/rating/{rating_key(resolved.pk, people.contact.pk)}/"


def test_the_letter_of_the_end_asks_and_its_link_leads_there(
    resolved: Ticket, now: datetime, link: str, people: Cast
) -> None:
    mails = letters(now)
    assert link in mails["clara@acme.example"].text
    assert f"{link}?verdict=poor" in (mails["clara@acme.example"].html or "")
    assert all(link not in mail.text for to, mail in mails.items() if "clara" not in to)


def letters(now: datetime) -> dict[str, Mail]:
    dispatch(at=now)
    return {letter.reader.email: mail_of(letter) for letter in claim(at=now, limit=20)}


def test_following_the_link_says_nothing_the_button_does(client: Client, link: str) -> None:
    html = client.get(f"{link}?verdict=good").content.decode()
    assert 'value="good" required checked' in html
    client.head(f"{link}?verdict=good")
    assert not Rating.objects.exists(), "programs that look at mails follow links too"
    answer = client.post(link, {"verdict": "good", "words": "Quick."}, follow=True)
    assert "Thank you" in words(answer.content.decode())
    assert Rating.objects.get().words == "Quick."
    client.post(link, {"verdict": "poor", "words": "It is back."})
    assert Rating.objects.get().verdict == "poor"
    assert client.post(link, {"verdict": "?"}).status_code == 422


def test_the_link_serves_nobody_else_and_nothing_else(
    client: Client, link: str, resolved: Ticket, people: Cast, now: datetime
) -> None:
    answer = client.get(link)
    # Stricter, and browsers would send the form without its origin: nobody could answer (a journey does).
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("same-origin", "no-store")
    assert "Since this morning" not in answer.content.decode()
    assert client.get(f"{link[:-2]}/").status_code == 404
    of_colleague = f"/rating/{rating_key(resolved.pk, people.colleague.pk)}/"
    assert client.get(of_colleague).status_code == 404
    reopen(actor=people.actor("contact"), ticket_id=resolved.pk, at=now + HOUR)
    assert "open again" in page(client, link)
    assert client.post(link, {"verdict": "good"}).status_code == 409
    deactivate(actor=people.actor("owner"), person_id=people.contact.pk, at=now)
    assert client.get(link).status_code == 404


def test_on_the_page_the_requester_is_asked_and_both_sides_see_what_was_said(
    client: Client, resolved: Ticket, people: Cast, now: datetime
) -> None:
    number = resolved.number
    client.force_login(people.contact)
    assert "How was our help?" in page(client, f"/tickets/{number}/")
    client.post(f"/tickets/{number}/rate/", {"verdict": "poor", "words": "Took long."})
    text = page(client, f"/tickets/{number}/")
    assert "Clara found the help not good" in text
    assert "Took long." in text
    client.force_login(people.colleague)
    text = page(client, f"/tickets/{number}/")
    assert "The help was found not good" in text
    assert "Took long." not in text, "words are for those who helped"
    client.force_login(people.agent)
    text = page(client, f"/desk/tickets/{number}/")
    assert "Found the help not good Took long." in text
    assert "Clara found the help not good" in text
    close(actor=people.actor("agent"), ticket_id=resolved.pk, at=now + HOUR)
    client.force_login(people.contact)
    assert "How was our help?" not in page(client, f"/tickets/{number}/")


def test_a_form_without_its_token_says_nothing(link: str) -> None:
    assert Client(enforce_csrf_checks=True).post(link, {"verdict": "good"}).status_code == 403
    assert not Rating.objects.exists()
