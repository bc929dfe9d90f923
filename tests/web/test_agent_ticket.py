"""The ticket as agents work on it: what it shows, what can be sent, what stays when sending fails."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.reply import reply
from duly.desk.tickets.draft import Draft
from duly.desk.tickets.ticket import Ticket
from tests.conftest import Clock
from tests.desk.people import Cast
from tests.web.conftest import set_clock
from tests.web.reading import hidden, page, words


@pytest.fixture
def signed_in(people: Cast, client: Client) -> Client:
    client.force_login(people.agent)
    return client


def at(ticket: Ticket, *path: str) -> str:
    return "/".join(["/desk/tickets", str(ticket.number), *path, ""])


def send(client: Client, ticket: Ticket, what: str = "reply", **fields: str) -> tuple[int, str]:
    html = client.get(at(ticket)).content.decode()
    form = {"key": hidden(html, "key"), "seen": hidden(html, "seen"), "text": "Hello Clara"}
    answer = client.post(at(ticket, what), form | fields)
    return answer.status_code, words(answer.content.decode())


def test_a_ticket_shows_its_words_promises_and_customer(signed_in: Client, ticket: Ticket) -> None:
    text = page(signed_in, at(ticket))
    for expected in ("Since this morning.", "Acme", "Clara", "Basic", "First answer", "8 h left"):
        assert expected in text


def test_a_reply_keeps_the_promise(signed_in: Client, ticket: Ticket) -> None:
    assert send(signed_in, ticket)[0] == 302
    text = page(signed_in, at(ticket))
    assert "Hello Clara" in text
    assert "kept" in text


@pytest.mark.parametrize(
    ("then", "state"), [("wait", "Waiting for customer"), ("resolve", "Resolved")]
)
def test_a_reply_may_say_what_follows(
    then: str, state: str, signed_in: Client, ticket: Ticket
) -> None:
    send(signed_in, ticket, then=then)
    assert state in page(signed_in, at(ticket))


def test_a_note_is_marked_and_no_reply(signed_in: Client, ticket: Ticket) -> None:
    send(signed_in, ticket, "note", text="Known trouble")
    text = page(signed_in, at(ticket))
    assert "Known trouble" in text
    assert "seen by agents only" in text
    assert "8 h left" in text, "a note keeps no promise"


def test_a_form_sent_twice_makes_one_message(signed_in: Client, ticket: Ticket) -> None:
    form = {"key": "the-same", "seen": "", "text": "Once"}
    for _ in range(2):
        assert signed_in.post(at(ticket, "reply"), form).status_code == 302
    assert ticket.messages.filter(text="Once").count() == 1


def test_an_empty_reply_is_refused_with_a_reason(signed_in: Client, ticket: Ticket) -> None:
    status, text = send(signed_in, ticket, text="")
    assert status == 422
    assert "Write something before you send it." in text


def test_when_somebody_answered_meanwhile_the_text_stays_and_goes_at_the_second_try(
    signed_in: Client, ticket: Ticket, people: Cast, now: datetime
) -> None:
    looked_at = signed_in.get(at(ticket)).content.decode()
    form = {"key": hidden(looked_at, "key"), "seen": hidden(looked_at, "seen"), "text": "My answer"}
    reply(actor=people.actor("second_agent"), ticket_id=ticket.pk, text="Quicker", at=now)
    answer = signed_in.post(at(ticket, "reply"), form)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "My answer" in html
    assert "Quicker" in html
    again = form | {"seen": hidden(html, "seen")}
    assert signed_in.post(at(ticket, "reply"), again).status_code == 302
    assert ticket.messages.filter(text="My answer").exists()


def test_a_draft_is_there_again_and_gone_once_sent(signed_in: Client, ticket: Ticket) -> None:
    signed_in.post(at(ticket, "draft", "reply"), {"text": "Half a sent"})
    assert "Half a sent" in signed_in.get(at(ticket)).content.decode()
    send(signed_in, ticket)
    assert not Draft.objects.exists()


def test_a_draft_is_its_writers_own(
    signed_in: Client, ticket: Ticket, people: Cast, client: Client
) -> None:
    signed_in.post(at(ticket, "draft", "note"), {"text": "Mine alone"})
    client.force_login(people.second_agent)
    assert "Mine alone" not in client.get(at(ticket) + "?write=note").content.decode()


def test_a_step_is_taken_and_taken_back(signed_in: Client, ticket: Ticket) -> None:
    answer = signed_in.post(at(ticket, "step", "resolve"), follow=True)
    html = answer.content.decode()
    assert "Resolved" in words(html)
    assert at(ticket, "step", "reopen") in html
    signed_in.post(at(ticket, "step", "reopen"))
    assert "Open" in page(signed_in, at(ticket))


def test_a_step_that_makes_no_sense_says_so(signed_in: Client, ticket: Ticket) -> None:
    answer = signed_in.post(at(ticket, "step", "reopen"))
    assert answer.status_code == 409
    assert "not resolved" in words(answer.content.decode())


def test_the_priority_moves_the_promise(signed_in: Client, ticket: Ticket) -> None:
    signed_in.post(at(ticket, "priority"), {"priority": "1"})
    assert "2 h left" in page(signed_in, at(ticket))


def test_an_unknown_priority_is_refused(signed_in: Client, ticket: Ticket) -> None:
    assert signed_in.post(at(ticket, "priority"), {"priority": "99"}).status_code == 409
    ticket.refresh_from_db()
    assert ticket.priority == "2"


def test_a_ticket_is_given_to_somebody_and_to_nobody(
    signed_in: Client, ticket: Ticket, people: Cast
) -> None:
    signed_in.post(at(ticket, "assign"), {"assignee": str(people.second_agent.pk)})
    assert "gave the ticket to Berta" in page(signed_in, at(ticket))
    signed_in.post(at(ticket, "assign"), {"assignee": ""})
    assert "gave the ticket to nobody" in page(signed_in, at(ticket))


def test_a_missed_promise_stands_on_the_ticket(
    signed_in: Client, ticket: Ticket, now: datetime, clock: Clock
) -> None:
    # Due on Tuesday at 10:00 in Berlin, 24 hours after the opening.
    set_clock(clock, now + timedelta(hours=25))
    assert "missed by 1 h" in page(signed_in, at(ticket))


def test_a_long_conversation_costs_no_more_statements(
    signed_in: Client,
    ticket: Ticket,
    people: Cast,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(10):
        reply(actor=people.actor("agent"), ticket_id=ticket.pk, text=f"Answer {number}", at=now)
        reply(actor=people.actor("contact"), ticket_id=ticket.pk, text=f"Word {number}", at=now)
        note(actor=people.actor("agent"), ticket_id=ticket.pk, text=f"Note {number}", at=now)
    page(signed_in, at(ticket))
    with django_assert_max_num_queries(13):
        page(signed_in, at(ticket))
