"""What a letter says: the promise in words and to the minute where its reader is, in text and in harmless HTML."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from duly.channels.mail_out.message import Mail
from duly.desk.mailroom.letter import (
    About,
    Closing,
    Item,
    Letter,
    Promise,
    Reader,
    Signature,
    Trouble,
)
from duly.desk.queries.brand import DULYS_OWN, Brand
from duly.letters.mail import mail_of

pytestmark = pytest.mark.urls("tests.worker.urls")

NOON = datetime(2026, 10, 19, 10, 0, tzinfo=UTC)
"""Monday, 12:00 in Berlin and 15:30 in Kolkata."""


@pytest.fixture(autouse=True)
def _desk(settings: Settings) -> None:
    settings.DULY_URL = "https://desk.example.com"
    settings.DEFAULT_FROM_EMAIL = "Duly <desk@example.com>"


def mail(*items: Item, zone: str = "Europe/Berlin", language: str = "en", subject: str = "Door",
         promises: tuple[Promise, ...] = (), is_agent: bool = False,
         signed_by: Signature | None = None, look: Brand = DULYS_OWN,
         closing: Closing | None = None, reply_to: str | None = "desk+secret@example.com") -> Mail:  # fmt: skip
    about = About(
        ticket_id=1,
        number=7,
        subject=subject,
        status="open",
        items=items,
        promises=promises,
        signed_by=signed_by,
        closing=closing,
    )
    reader = Reader(
        name="Clara", email="clara@acme.example", zone=zone, language=language, is_agent=is_agent
    )
    return mail_of(
        Letter(
            delivery_id=1,
            message_id="m",
            attempt=1,
            reader=reader,
            is_summary=False,
            about=(about,),
            reply_to=reply_to,
        ),
        look,
    )


def promise(*, is_binding: bool = True) -> Promise:
    target = "4 business hours" if is_binding else "suggested 4 business hours"
    return Promise(clock="first_response", target=target, due_at=NOON, is_binding=is_binding)


OPENED = Item(kind="opened", at=NOON, who="Clara", text="It is stuck.")


@pytest.mark.parametrize(
    ("zone", "language", "line"),
    [
        (
            "Europe/Berlin",
            "en",
            "- first answer: Monday, 19 October 2026, 12:00 CEST (promised: 4 business hours)",
        ),
        (
            "Asia/Kolkata",
            "en",
            "- first answer: Monday, 19 October 2026, 15:30 IST (promised: 4 business hours)",
        ),
        (
            "Europe/Berlin",
            "de",
            "- erste Antwort: Montag, 19. Oktober 2026, 12:00 CEST (zugesagt: 4 Geschäftsstunden)",
        ),
    ],
)
def test_a_promise_is_said_in_words_and_to_the_minute_in_the_readers_zone(
    zone: str, language: str, line: str
) -> None:
    sent = mail(OPENED, zone=zone, language=language, promises=(promise(),))
    assert line in sent.text.splitlines()
    assert sent.html is not None
    assert line.removeprefix("- ").split(": ")[1][:17] in sent.html


def test_a_suggestion_is_not_called_a_promise() -> None:
    sent = mail(OPENED, promises=(promise(is_binding=False),))
    assert "(suggested 4 business hours, not binding)" in sent.text


def test_whoever_may_not_have_written_is_told_that_a_mail_in_their_name_arrived() -> None:
    item = Item(kind="opened", at=NOON, who="The desk")
    sent = mail(item, subject="")
    assert sent.subject == "[#7] Your mail arrived"
    assert "A mail from your address arrived and is a ticket now." in sent.text
    assert "opened the ticket" not in sent.text


def test_letters_of_two_languages_do_not_mix() -> None:
    missed = Item(kind="missed", at=NOON, who=None, clock="update", due_at=NOON)
    assert "The update was due" in mail(missed).text
    assert "Versäumt, fällig war" in mail(missed, language="de").text
    assert "The update was due" in mail(missed).text


def test_a_miss_stands_in_the_subject_whatever_came_with_it() -> None:
    soon = Item(kind="due_soon", at=NOON, who=None, clock="update", due_at=NOON)
    missed = Item(kind="missed", at=NOON, who=None, clock="update", due_at=NOON)
    level = Item(kind="level_opened", at=NOON, who=None, clock="escalation", level=1)
    assert mail(soon, missed, level, is_agent=True).subject == "Missed: [#7] Door"
    assert mail(soon).subject == "Due soon: [#7] Door"
    assert mail(OPENED).subject == "[#7] Door"


def test_what_strangers_wrote_is_text_in_html_too() -> None:
    evil = '<script>alert(1)</script><img src="https://spy.example/x.png" onerror=x>\nSecond line & more'
    sent = mail(Item(kind="replied", at=NOON, who="<b>Eve</b>", text=evil), subject="<i>Door")
    assert evil in sent.text
    assert sent.html is not None
    assert "<script" not in sent.html
    assert "<img" not in sent.html
    assert "<b>" not in sent.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in sent.html
    assert "<br>Second line &amp; more" in sent.html


def test_html_names_its_language_and_links_to_the_ticket() -> None:
    sent = mail(OPENED, language="de")
    assert sent.html is not None
    assert sent.html.startswith('<!doctype html><html lang="de" dir="ltr">')
    assert 'href="https://desk.example.com/tickets/7/"' in sent.html
    assert "- - - - 8&lt; - - - -" in sent.html


@pytest.mark.parametrize(
    ("is_agent", "said"),
    [
        (True, "Level 1 of the escalation is open."),
        (False, "A promise was missed: you may now escalate the ticket to level 1 on its page."),
    ],
)
def test_each_side_reads_what_an_open_level_means_to_it(is_agent: bool, said: str) -> None:
    opened = Item(kind="level_opened", at=NOON, who=None, clock="escalation", level=1)
    assert said in mail(opened, is_agent=is_agent).text


def test_a_ticket_beyond_an_allowance_says_so() -> None:
    beyond = Item(kind="opened", at=NOON, who="Clara", text="Help.", allowances=("incidents",))
    assert "which is beyond the allowance incidents:" in mail(beyond).text
    used_up = Item(kind="used_up", at=NOON, who=None, allowances=("incidents", "on_site days"))
    said = "Vom Kontingent ist nichts mehr übrig: Vorfälle, on site days."
    assert said in mail(used_up, language="de").text.splitlines()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Anton answers you now (Account <Manager>)."),
        ("de", "Anton ist jetzt für Sie da (Account <Manager>)."),
    ],
)
def test_whom_the_plan_names_signs_the_letter(language: str, said: str) -> None:
    anton = Signature(name="Anton", title="Account <Manager>")
    found = mail(OPENED, language=language, signed_by=anton)
    assert said in found.text.splitlines()
    assert found.html is not None
    assert said.replace("<", "&lt;").replace(">", "&gt;") in found.html
    assert "Anton" not in mail(OPENED).text


RESOLVED = Item(kind="resolved", at=NOON, who="Anton")


@pytest.mark.parametrize(
    ("language", "is_put_off", "said"),
    [
        (
            "en",
            False,
            (
                "It closes by itself on Monday, 19 October 2026, 12:00 CEST. "
                "To keep it open, answer this mail or write on its page."
            ),
        ),
        (
            "de",
            True,
            (
                "Es schließt sich von selbst, sobald Sie bekommen haben, was wir Ihnen noch schulden, "
                "nicht vor Montag, 19. Oktober 2026, 12:00 CEST. "
                "Wenn es offen bleiben soll, antworten Sie auf diese Mail oder schreiben Sie auf seiner Seite."
            ),
        ),
    ],
)
def test_a_letter_says_when_the_ticket_closes_by_itself(
    language: str, is_put_off: bool, said: str
) -> None:
    found = mail(RESOLVED, language=language, closing=Closing(at=NOON, is_put_off=is_put_off))
    assert said in found.text.splitlines()
    assert f"<p>{said}</p>" in (found.html or "")
    assert "closes by itself" not in mail(RESOLVED).text


def test_where_nobody_reads_answers_the_letter_asks_for_none() -> None:
    closing = Closing(at=NOON, is_put_off=False)
    found = mail(RESOLVED, closing=closing, reply_to=None)
    assert "To keep it open, write on its page." in found.text
    assert "answer this mail" not in found.text


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("out_of_reach", "The desk cannot reach it (3)."),
        ("sign_in_ended", "Its provider no longer lets the desk in (3)."),
        ("not_counted", "Nobody has compared its mails"),
        ("late", "3 mails had been passed over"),
        ("missing", "3 mails arrived at its server and never came to the desk."),
        ("unsorted", "3 mails have waited to be sorted"),
    ],
)
def test_what_is_wrong_with_a_mailbox_is_said_with_the_way_there(kind: str, said: str) -> None:
    reader = Reader(
        name="Olga", email="olga@x.example", zone="Europe/Berlin", language="en", is_agent=True
    )
    trouble = Trouble(mailbox_id=4, mailbox="help@x.example", kind=kind, detail="3", since=NOON)
    written = mail_of(
        Letter(
            delivery_id=1,
            message_id="m",
            attempt=1,
            reader=reader,
            is_summary=False,
            about=(),
            troubles=(trouble,),
        )
    )
    assert written.subject == "Mail to help@x.example needs a look"
    for body in (written.text, written.html or ""):
        assert said in body
        assert " Since Monday, 19 October 2026, 12:00 CEST." in " ".join(body.split())
        assert "  Since" not in body
        assert "https://desk.example.com/desk/setup/mailboxes/4/" in body
    assert not written.references


def test_a_branded_desk_signs_with_its_own_name_and_footer() -> None:
    look = replace(
        DULYS_OWN, name='The "Help"', footer="Acme <GmbH>", support_address="help@acme.test"
    )
    letter = mail(OPENED, look=look)
    assert letter.sender == '"The \\"Help\\"" <desk@example.com>'
    assert letter.text.rstrip().endswith("Acme <GmbH>\nhelp@acme.test")
    assert "Acme &lt;GmbH&gt;" in (letter.html or "")
    assert mail(OPENED).sender == '"Duly" <desk@example.com>'
