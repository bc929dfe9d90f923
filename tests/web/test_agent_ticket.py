"""The ticket as agents work on it: what it shows, what can be sent, what stays when sending fails."""

import json
import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.actions.deliveries.undelivered import undelivered
from duly.desk.actions.people.undo_time import set_undo_time
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.send import let_leave
from duly.desk.actions.tickets.snooze import snooze
from duly.desk.mailroom.delivery import Delivery
from duly.desk.tickets.attachment import Attachment
from duly.desk.tickets.draft import Draft
from duly.desk.tickets.ticket import Ticket
from tests.conftest import Clock
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, published, subscribed
from tests.web.conftest import set_clock
from tests.web.reading import hidden, page, words

EIGHT_HOURS = re.compile("(8 h|7 h 59 min) left")


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
    for expected in ("Since this morning.", "Acme", "Clara", "Basic", "First answer"):
        assert expected in text
    assert EIGHT_HOURS.search(text)


def test_a_letter_that_came_back_is_shown_where_its_reader_stands(
    people: Cast, signed_in: Client, ticket: Ticket, now: datetime
) -> None:
    assert "Mail comes back" not in page(signed_in, at(ticket))
    dispatch(at=now)
    letter = Delivery.objects.get(person=people.contact)
    undelivered(delivery_id=letter.pk, because="550 nobody here", at=now)
    text = page(signed_in, at(ticket))
    assert "Clara was not reached by mail" in text
    assert "Mail comes back since" in text
    assert "550 nobody here" in text
    assert "550 nobody here" in page(signed_in, f"/desk/people/{people.contact.pk}/")


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


def test_files_go_with_replies_and_notes_and_too_many_send_nothing(
    signed_in: Client, ticket: Ticket
) -> None:
    def enclose(what: str, *names: str, key: str) -> tuple[int, str]:
        files = [SimpleUploadedFile(name, b"line", "text/plain") for name in names]
        form = {"text": f"See {key}.", "key": key, "files": files}
        answer = signed_in.post(at(ticket, what), form, follow=True)
        return answer.status_code, answer.content.decode()

    assert 'enctype="multipart/form-data"' in signed_in.get(at(ticket)).content.decode()
    for _ in range(2):
        assert "log.txt" in words(enclose("reply", "log.txt", key="a")[1])
    assert "inside.txt" in words(enclose("note", "inside.txt", key="b")[1])
    assert list(Attachment.objects.order_by("pk").values_list("name", flat=True)) == [
        "log.txt",
        "inside.txt",
    ]
    status, html = enclose("reply", *map(str, range(11)), key="c")
    assert (status, "At most 10 files" in words(html), "See c.</textarea>" in html) == (
        422,
        True,
        True,
    )
    signed_in.force_login(ticket.requester)
    shown = page(signed_in, f"/tickets/{ticket.number}/")
    assert "log.txt" in shown
    assert "inside.txt" not in shown


def test_files_of_what_was_taken_back_wait_beside_the_box(
    signed_in: Client, ticket: Ticket, people: Cast
) -> None:
    set_undo_time(actor=people.actor("agent"), seconds=30, at=MONDAY)
    files = [SimpleUploadedFile(f"{name}.txt", name.encode(), "text/plain") for name in "ab"]
    form = {"text": "See these.", "key": "k", "files": files}
    assert "Files: a.txt , b.txt" in words(
        signed_in.post(at(ticket, "reply"), form, follow=True).content.decode()
    )
    html = signed_in.post(at(ticket, "take-back"), follow=True).content.decode()
    keys = re.findall(r'name="kept" value="(\w+)" checked> <span dir="auto">(.\.txt)', html)
    assert [name for _, name in keys] == ["a.txt", "b.txt"]
    wrong = {"text": " ", "key": "l", "kept": keys[1][0]}
    again = signed_in.post(at(ticket, "reply"), wrong).content.decode()
    assert f'value="{keys[1][0]}" checked' in again
    assert f'value="{keys[0][0]}" checked' not in again
    set_undo_time(actor=people.actor("agent"), seconds=0, at=MONDAY)
    signed_in.post(at(ticket, "reply"), wrong | {"text": "See this."})
    assert [row.name for row in Attachment.objects.all()] == ["b.txt"]


def test_a_note_says_whom_it_can_mention(signed_in: Client, ticket: Ticket) -> None:
    html = signed_in.get(at(ticket) + "?write=note").content.decode()
    offered = re.search(r'data-mentions="([^"]*)"', html)
    assert offered
    assert json.loads(unescape(offered[1])) == ["Berta", "Lena", "Lukas", "Olga"], "all but oneself"
    assert "Whom you mention as @Name is told" in words(html)
    assert "data-mentions" not in signed_in.get(at(ticket)).content.decode()
    status, _ = send(signed_in, ticket, "note", text="@Berta please")
    assert status == 302
    assert "Followed by Berta" in page(signed_in, at(ticket))


def test_a_note_is_marked_and_no_reply(signed_in: Client, ticket: Ticket) -> None:
    send(signed_in, ticket, "note", text="Known trouble")
    text = page(signed_in, at(ticket))
    assert "Known trouble" in text
    assert "seen by agents only" in text
    assert EIGHT_HOURS.search(text), "a note keeps no promise"


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
    assert re.search("(2 h|1 h 59 min) left", page(signed_in, at(ticket)))


def test_an_unknown_priority_is_refused(signed_in: Client, ticket: Ticket) -> None:
    assert signed_in.post(at(ticket, "priority"), {"priority": "99"}).status_code == 422
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


def slowly(people: Cast, now: datetime, name: str = "agent") -> None:
    set_undo_time(actor=people.actor(name), seconds=10, at=now)


def test_what_was_sent_is_taken_back_and_written_on(
    signed_in: Client, ticket: Ticket, people: Cast, now: datetime
) -> None:
    slowly(people, now)
    assert send(signed_in, ticket)[0] == 302
    html = signed_in.get(at(ticket)).content.decode()
    assert at(ticket, "take-back") in html
    assert "On its way out" in words(html)
    assert EIGHT_HOURS.search(words(html)), "what has not left keeps no promise"
    answer = signed_in.post(at(ticket, "take-back"), follow=True)
    assert "Hello Clara</textarea>" in answer.content.decode()
    assert not ticket.messages.filter(is_from_agent=True).exists()


def test_taking_back_too_late_says_so(
    signed_in: Client, ticket: Ticket, people: Cast, now: datetime
) -> None:
    slowly(people, now)
    send(signed_in, ticket)
    let_leave(at=now + timedelta(minutes=1))
    answer = signed_in.post(at(ticket, "take-back"), follow=True)
    assert "left already" in words(answer.content.decode())


def test_the_time_to_take_back_is_chosen_on_the_ticket(signed_in: Client, ticket: Ticket) -> None:
    signed_in.post("/desk/undo-time/", {"seconds": "20", "ticket": str(ticket.number)})
    assert "for 20 seconds" in page(signed_in, at(ticket))


def test_two_agents_see_each_other_look_and_write_and_send(
    signed_in: Client, ticket: Ticket, people: Cast, now: datetime, clock: Clock
) -> None:
    looking = freshness(signed_in, ticket)
    second = Client()
    second.force_login(people.second_agent)
    theirs = freshness(second, ticket)
    assert second.get(theirs[0]).status_code == 200
    # The first page is told that it is no longer as it was drawn, and draws who came.
    answer = signed_in.get(looking[0], headers={"If-None-Match": f'"{looking[1]}"'})
    assert answer.status_code == 200
    assert "Berta is looking" in page(signed_in, at(ticket))
    second.get(f"{theirs[0]}?writing")
    assert "Berta is writing" in page(signed_in, at(ticket))
    slowly(people, now, "second_agent")
    send(second, ticket)
    assert "Berta is sending a reply" in page(signed_in, at(ticket))
    assert "Anton is looking" in page(second, at(ticket))
    set_clock(clock, now + timedelta(minutes=1))
    assert "is looking" not in page(second, at(ticket))


def test_an_open_page_asks_with_one_statement_and_is_answered_that_nothing_changed(
    signed_in: Client, ticket: Ticket, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address, tag = freshness(signed_in, ticket)
    with django_assert_num_queries(1):
        answer = signed_in.get(address, headers={"If-None-Match": f'"{tag}"'})
    assert answer.status_code == 304


def test_whoever_left_is_forgotten_by_the_page_that_still_asks(
    signed_in: Client, ticket: Ticket, people: Cast, now: datetime, clock: Clock
) -> None:
    address, alone = freshness(signed_in, ticket)
    second = Client()
    second.force_login(people.second_agent)
    second.get(freshness(second, ticket)[0])
    assert signed_in.get(address).content.decode() != alone
    set_clock(clock, now + timedelta(minutes=1))
    assert signed_in.get(address).content.decode() == alone


def test_a_customer_is_never_shown_who_looks(
    signed_in: Client, ticket: Ticket, people: Cast
) -> None:
    signed_in.get(freshness(signed_in, ticket)[0])
    signed_in.force_login(people.contact)
    text = page(signed_in, f"/tickets/{ticket.number}/")
    assert "Anton" not in text
    assert "looking" not in text


def freshness(client: Client, ticket: Ticket) -> tuple[str, str]:
    """The address that an open page asks, and the tag that it was drawn with."""
    html = client.get(at(ticket)).content.decode()
    found = re.search(r'data-fresh="([^"]+)" data-number="([^"]+)"', html)
    assert found
    return found[1], found[2]


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
    with django_assert_max_num_queries(12):
        page(signed_in, at(ticket))


COUNTED = (
    SMALL
    + """
    allowances: {incidents: 4 per month, guidance: 4 hours per ticket}
"""
)


def test_twenty_messages_and_allowances_stay_within_twelve_statements(
    signed_in: Client,
    people: Cast,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    subscribed(people, published(people, COUNTED))
    agent, contact = people.actor("agent"), people.actor("contact")
    it = open_ticket(actor=contact, subject="A", text="B", priority="2", at=now)
    for number in range(10):
        reply(actor=agent, ticket_id=it.pk, text=f"Answer {number}", at=now)
        reply(actor=contact, ticket_id=it.pk, text=f"Word {number}", at=now)
    page(signed_in, at(it))
    with django_assert_max_num_queries(12):
        assert "1 of 4 incidents" in page(signed_in, at(it))


def test_the_time_line_says_teams_and_instants_as_people_do(
    signed_in: Client, ticket: Ticket, people: Cast, now: datetime
) -> None:
    agent = people.actor("agent")
    assign(actor=agent, ticket_id=ticket.pk, team_id=people.team.pk, assignee_id=None, at=now)
    snooze(actor=agent, ticket_id=ticket.pk, until=now + timedelta(days=1), at=now)
    text = page(signed_in, at(ticket))
    assert "Anton gave the ticket to the team Support" in text
    assert "put the ticket aside until Tue, 20 Oct 2026, 08:00 UTC" in text
