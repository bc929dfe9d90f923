"""The portal: the list, the ticket with the same clocks, and the promise before anything is sent."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.tickets.attachment import Attachment
from duly.desk.tickets.ticket import Ticket
from tests.conftest import Clock
from tests.desk.people import Cast
from tests.desk.policies import acme_holds
from tests.web.conftest import set_clock
from tests.web.reading import hidden, page, words

NEW, OPEN, PROMISED = "/tickets/new/", "/tickets/open/", "/tickets/new/promised/"


@pytest.fixture
def signed_in(people: Cast, client: Client) -> Client:
    client.force_login(people.contact)
    return client


@pytest.fixture
def covered(people: Cast, now: datetime) -> None:
    acme_holds(people)


def at(ticket: Ticket, *path: str) -> str:
    return "/".join(["/tickets", str(ticket.number), *path, ""])


def report(client: Client, **fields: str) -> dict[str, str]:
    html = client.get(NEW).content.decode()
    form = {"subject": "No mail arrives", "text": "Since noon.", "priority": "2"}
    return form | {"key": hidden(html, "key")} | fields


def test_a_ticket_is_opened_with_the_promise_in_view(signed_in: Client, covered: None) -> None:
    answer = signed_in.post(OPEN, report(signed_in), follow=True)
    text = words(answer.content.decode())
    assert "No mail arrives" in text
    assert "8 h left" in text
    # 10:00 on Monday in Berlin plus 8 of the hours from nine to five.
    assert "promised by tomorrow 10:00" in text


def test_the_form_sent_twice_makes_one_ticket(signed_in: Client, covered: None) -> None:
    form = report(signed_in)
    first, second = (signed_in.post(OPEN, form)["Location"] for _ in range(2))
    assert first == second
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize(
    ("priority", "expected"),
    [("1", "today 12:00"), ("2", "tomorrow 10:00"), ("3", "best effort")],
)
def test_the_promise_is_shown_before_it_is_asked_for(
    priority: str, expected: str, signed_in: Client, covered: None
) -> None:
    text = page(signed_in, f"{PROMISED}?priority={priority}")
    assert "First answer" in text
    assert expected in text
    assert "Europe/Berlin" in text


def test_what_is_promised_later_is_named_before_sending(signed_in: Client, covered: None) -> None:
    text = page(signed_in, "/tickets/new/promised/?priority=1")
    assert "Later on: Next answer 4 business hours Basic." in text
    assert "Later on" not in page(signed_in, "/tickets/new/promised/?priority=3")


def test_the_promise_is_shown_in_the_readers_zone(
    signed_in: Client, covered: None, people: Cast
) -> None:
    people.contact.zone = "Asia/Kolkata"
    people.contact.save()
    # 08:00 UTC on Tuesday is 13:30 in Kolkata.
    assert "tomorrow 13:30" in page(signed_in, f"{PROMISED}?priority=2")


def test_without_scripts_a_button_shows_the_promise_and_keeps_what_was_typed(
    signed_in: Client, covered: None
) -> None:
    form = report(signed_in, ask="promise", subject="", text="Half a rep")
    answer = signed_in.post(OPEN, form)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "tomorrow 10:00" in words(html)
    assert "Half a rep" in html
    assert "something to put right" not in html
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("subject", "Give it a subject"),
        ("text", "Tell us what happened."),
        ("priority", "Say how severe it is."),
    ],
)
def test_what_is_missing_is_named_and_the_rest_is_kept(
    missing: str, said: str, signed_in: Client, covered: None
) -> None:
    answer = signed_in.post(OPEN, report(signed_in, **{missing: ""}))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in words(html)
    kept = {"subject": "No mail arrives", "text": "Since noon."}
    assert all(text in html for name, text in kept.items() if name != missing)
    assert not Ticket.objects.exists()


def test_each_level_stands_beside_its_definition(signed_in: Client, people: Cast) -> None:
    from tests.desk.policies import POLICIES

    source = (POLICIES / "photoprism.yaml").read_text()
    acme_holds(people, source, "gold")
    text = page(signed_in, NEW)
    assert "Severity" in text
    assert "the business can hardly be run" in text


def test_without_an_agreement_a_ticket_is_opened_and_nothing_promised(
    people: Cast, client: Client
) -> None:
    client.force_login(people.stranger)
    assert "no plan at the moment" in page(client, NEW)
    answer = client.post(OPEN, report(client, priority=""), follow=True)
    assert "No time is promised" in words(answer.content.decode())


def test_the_customer_sees_words_but_nothing_internal(
    signed_in: Client, ticket: Ticket, people: Cast, now: datetime
) -> None:
    reply(actor=people.actor("agent"), ticket_id=ticket.pk, text="Try again", then="wait", at=now)
    note(actor=people.actor("agent"), ticket_id=ticket.pk, text="Difficult one", at=now)
    assign(
        actor=people.actor("agent"),
        ticket_id=ticket.pk,
        team_id=None,
        assignee_id=people.agent.pk,
        at=now,
    )
    text = page(signed_in, at(ticket))
    assert "Try again" in text
    assert "Waiting for you" in text
    assert "Difficult one" not in text
    assert "note" not in text
    assert "gave the ticket" not in text


def test_a_reply_takes_a_resolved_ticket_up_again(signed_in: Client, ticket: Ticket) -> None:
    signed_in.post(at(ticket, "resolve"))
    assert "Resolved" in page(signed_in, at(ticket))
    signed_in.post(at(ticket, "reply"), {"text": "It is back", "key": "k"})
    assert "With us" in page(signed_in, at(ticket))


def test_a_closed_ticket_offers_no_box(
    signed_in: Client, ticket: Ticket, people: Cast, now: datetime
) -> None:
    close(actor=people.actor("agent"), ticket_id=ticket.pk, at=now)
    assert "This ticket is closed" in page(signed_in, at(ticket))
    answer = signed_in.post(at(ticket, "reply"), {"text": "Too late", "key": "k"})
    assert answer.status_code == 422
    assert "is closed" in words(answer.content.decode())


def test_both_sides_read_the_same_clock(
    signed_in: Client, ticket: Ticket, people: Cast, now: datetime, clock: Clock
) -> None:
    set_clock(clock, now + timedelta(hours=25))
    seen_by_customer = page(signed_in, at(ticket))
    signed_in.force_login(people.agent)
    seen_by_agent = page(signed_in, f"/desk/tickets/{ticket.number}/")
    assert "missed by 1 h" in seen_by_customer
    assert "missed by 1 h" in seen_by_agent


def test_what_waits_for_the_customer_stands_apart(
    signed_in: Client, ticket: Ticket, people: Cast, now: datetime
) -> None:
    assert "With us" in page(signed_in, "/tickets/")
    reply(actor=people.actor("agent"), ticket_id=ticket.pk, text="Try again", then="wait", at=now)
    assert "Waiting for you" in page(signed_in, "/tickets/")
    assert "Anton is waiting for you" in page(signed_in, at(ticket))


def test_mine_and_all_of_ours_open_and_all_are_four_lists(
    signed_in: Client, ticket: Ticket, people: Cast, now: datetime
) -> None:
    carl, agent = people.actor("colleague"), people.actor("agent")
    for actor, subject in ((carl, "Carl asks"), (people.actor("contact"), "Long over")):
        it = open_ticket(actor=actor, subject=subject, text="Hm.", priority="2", at=now)
        if subject == "Long over":
            resolve(actor=agent, ticket_id=it.pk, at=now)
    seen = {
        (whose, which): page(signed_in, f"/tickets/?whose={whose}&which={which}")
        for whose in ("mine", "all")
        for which in ("open", "all")
    }
    for (whose, which), text in seen.items():
        assert ("Carl asks" in text) == (whose == "all")
        assert ("Long over" in text) == (which == "all")
        assert "The report is empty" in text


@pytest.mark.slow
def test_thousands_of_tickets_are_walked_page_by_page(
    signed_in: Client, ticket: Ticket, people: Cast, now: datetime
) -> None:
    """Sixty at one instant and sixty at another: no ticket is lost or shown twice at the turn of a page."""
    contact = people.actor("contact")
    for number in range(120):
        at_ = now + timedelta(minutes=number // 60)
        open_ticket(actor=contact, subject=f"Fault {number}.", text="Hm.", priority="2", at=at_)
    address, found = "/tickets/?which=all", []
    for shown in (50, 50, 21):
        html = signed_in.get(address).content.decode()
        found += re.findall(r"Fault \d+\.|The report is empty", html)
        assert html.count("tickets__subject") == shown
        more = re.search(r'href="([^"]+)">Older ones', html)
        address = more[1].replace("&amp;", "&") if more else ""
    assert address == ""
    assert found[0] == "Fault 119."
    assert found[-1] == "The report is empty"
    assert len(found) == len(set(found)) == 121
    assert "Fault 119" in page(signed_in, "/tickets/?which=all&after=soon.99")


def test_a_contact_with_own_tickets_alone_does_not_see_a_colleagues(
    ticket: Ticket, people: Cast, client: Client
) -> None:
    client.force_login(people.lone_contact)
    assert "The report is empty" not in page(client, "/tickets/")


def test_an_agent_who_opens_the_customers_address_is_led_to_their_own(
    ticket: Ticket, people: Cast, client: Client
) -> None:
    client.force_login(people.agent)
    assert client.get(at(ticket))["Location"] == f"/desk/tickets/{ticket.number}/"


def test_pages_of_the_portal_cost_few_statements(
    signed_in: Client,
    ticket: Ticket,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for address in (at(ticket), "/tickets/", NEW, f"{PROMISED}?priority=2"):
        page(signed_in, address)
        with django_assert_max_num_queries(12):
            page(signed_in, address)


def test_a_german_reads_german_and_german_dates(
    signed_in: Client, ticket: Ticket, people: Cast
) -> None:
    people.contact.language = "de"
    people.contact.save()
    text = page(signed_in, at(ticket))
    for expected in (
        "Ihre Tickets",
        "noch 8 Std.",
        "zugesagt bis morgen 10:00",
        "8 Geschäftsstunden",
        "Mo., 19. Okt. 2026",
    ):
        assert expected in text


def test_a_language_we_do_not_speak_is_answered_in_english(signed_in: Client, people: Cast) -> None:
    people.contact.language = "tlh"
    people.contact.save()
    assert "Your tickets" in page(signed_in, "/tickets/")


def test_a_resolved_ticket_says_when_it_closes_by_itself(
    people: Cast, client: Client, ticket: Ticket, now: datetime
) -> None:
    resolve(actor=people.actor("agent"), ticket_id=ticket.pk, at=now)
    client.force_login(people.contact)
    # Fourteen days after Monday 19 October, when Berlin no longer has summer time.
    assert "It closes 2 Nov 09:00." in page(client, f"/tickets/{ticket.number}/")


PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def upload(name: str, content: bytes, media_type: str = "image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, media_type)


def test_files_come_with_a_new_ticket_and_with_a_reply(signed_in: Client, covered: None) -> None:
    form = report(signed_in)
    for _ in range(2):
        files = [upload("shot.png", PNG), upload("log.txt", b"a", "text/plain")]
        signed_in.post(OPEN, {**form, "files": files})
    ticket = Ticket.objects.get()
    text = page(signed_in, at(ticket))
    assert "shot.png" in text
    assert "log.txt" in text
    assert Attachment.objects.count() == 2, "the form sent twice brings its files once"
    lie = upload("\u202epage.png", b"<html><script>alert(1)</script></html>")
    signed_in.post(at(ticket, "reply"), {"text": "More", "key": "k", "files": [lie]})
    # Without U+202E, which would turn the direction in which the name is read.
    found = Attachment.objects.get(name="page.png")
    assert not found.file.media_type.startswith("image/"), "its bytes tell, not the browser"
    answer = signed_in.get(f"/files/{found.pk}/")
    assert "attachment" in answer["Content-Disposition"]
    assert b"".join(answer)


def test_too_many_or_too_large_files_send_nothing(signed_in: Client, ticket: Ticket) -> None:
    def sent(count: int, content: bytes) -> list[SimpleUploadedFile]:
        return [upload(f"{number}.png", content) for number in range(count)]

    for count, content in ((11, PNG), (2, bytes(13_000_000))):
        form = {"text": "See", "key": "k", "files": sent(count, content)}
        answer = signed_in.post(at(ticket, "reply"), form)
        assert answer.status_code == 422
        assert "25 MB" in words(answer.content.decode())
        assert "See" in answer.content.decode()
        answer = signed_in.post(OPEN, {**report(signed_in), "files": sent(count, content)})
        assert answer.status_code == 422
        # Where scripts run, the browser's own choice stays.
        assert "not kept: 0.png, 1.png" in answer.content.decode().partition("<noscript>")[2]
    assert ticket.messages.count() == 1
    assert Ticket.objects.count() == 1
