"""Held mail: why it waits, what can be done with one key, and every mail with its raw text and its way."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from duly.desk.actions.mail.keep import keep
from duly.desk.actions.mail.sort import next_unsorted, sort_mail
from duly.desk.actions.people.invite import invite_contact
from duly.desk.mailroom.incoming import Incoming
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.raw_mail import Outcome, RawMail
from duly.desk.mailroom.reply_address import reply_addresses, with_secret
from duly.desk.mailroom.sender import BlockedSender
from duly.desk.people.team import Team
from duly.desk.tickets.attachment import NewFile
from duly.desk.tickets.ticket import Ticket
from tests.desk.mail.test_sorting import MAIL
from tests.desk.people import Cast
from tests.web.mails import PNG
from tests.web.reading import page

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def mailbox(people: Cast) -> Mailbox:
    return Mailbox.objects.create(address="desk@vendor.example", name="Support", kind="listener")


@pytest.fixture
def signed_in(people: Cast, client: Client) -> Client:
    client.force_login(people.agent)
    return client


def arrive(
    mailbox: Mailbox, mail: Incoming, at: datetime, raw: bytes = b"From: x\n\nraw"
) -> RawMail:
    keep(mailbox_id=mailbox.pk, raw=raw, at=at)
    with transaction.atomic():
        kept = next_unsorted()
        assert kept is not None
        sort_mail(kept, mail, at=at)
    return kept


def unvouched(people: Cast) -> Incoming:
    return replace(MAIL, sender=people.contact.email, verdict="none")


def answer(people: Cast, ticket: Ticket, at: datetime) -> Incoming:
    whose = (ticket.pk, people.contact.pk, False)
    secret = reply_addresses([whose], at=at)[whose].secret
    return replace(unvouched(people), recipients=(with_secret("desk@vendor.example", secret),))


def decide(client: Client, mail: RawMail, verb: str, **sent: str) -> int:
    address = reverse("agent:decide-mail", args=[mail.pk, verb])
    status = client.post(address, sent).status_code
    mail.refresh_from_db()
    return status


def test_what_waits_is_listed_with_its_reason(
    people: Cast, signed_in: Client, mailbox: Mailbox, now: datetime
) -> None:
    arrive(mailbox, replace(unvouched(people), subject=EVIL), now)
    html = signed_in.get("/desk/mail/").content.decode()
    assert EVIL not in html
    text = page(signed_in, "/desk/mail/")
    assert "Nobody vouches for its sender" in text
    assert people.contact.email in text


def test_without_held_mail_the_page_says_so(signed_in: Client) -> None:
    assert "No mail waits" in page(signed_in, "/desk/mail/")


def test_an_answer_is_accepted_in_the_name_of_its_person(
    people: Cast, signed_in: Client, mailbox: Mailbox, ticket: Ticket, now: datetime
) -> None:
    file = NewFile("shot.png", "image/png", PNG, None, is_inline=False)
    mail = arrive(mailbox, replace(answer(people, ticket, now), files=(file,)), now)
    shown = page(signed_in, f"/desk/mail/{mail.pk}/")
    assert f"ticket #{ticket.number} in the name of Clara" in shown
    assert "shot.png" in shown
    assert decide(signed_in, mail, "accept") == 302
    assert mail.outcome == Outcome.REPLY
    message = ticket.messages.latest("pk")
    assert (message.text, message.author) == ("It stops.", people.contact)
    assert message.attachments.get().file.size == len(PNG)
    on_ticket = signed_in.get(f"/desk/tickets/{ticket.number}/").content.decode()
    assert f"/desk/mail/{mail.pk}/" in on_ticket


def test_a_new_ticket_is_opened_from_what_waits(
    people: Cast, signed_in: Client, mailbox: Mailbox, now: datetime
) -> None:
    mail = arrive(mailbox, unvouched(people), now)
    assert decide(signed_in, mail, "open") == 302
    assert mail.ticket is not None
    assert mail.ticket.organisation == people.acme


def test_which_organisation_is_asked_when_there_are_several(
    people: Cast, signed_in: Client, mailbox: Mailbox, now: datetime
) -> None:
    invite_contact(
        actor=people.actor("owner"),
        organisation_id=people.other.pk,
        email=people.contact.email,
        name="Clara",
        at=now,
    )
    mail = arrive(mailbox, replace(unvouched(people), verdict="passed"), now)
    assert mail.reason == "which_subscription"
    assert "A new ticket is for" in page(signed_in, f"/desk/mail/{mail.pk}/")
    assert decide(signed_in, mail, "open") == 409
    assert mail.outcome == Outcome.HELD
    assert decide(signed_in, mail, "open", cover=f"{people.other.pk}:") == 302
    assert mail.ticket is not None
    assert mail.ticket.organisation == people.other


def test_spam_and_block_are_refused_and_can_be_taken_back(
    people: Cast, signed_in: Client, mailbox: Mailbox, now: datetime
) -> None:
    spam = arrive(mailbox, unvouched(people), now, b"1")
    blocked = arrive(mailbox, replace(unvouched(people), internet_id="<2>"), now, b"2")
    decide(signed_in, spam, "spam")
    decide(signed_in, blocked, "block")
    assert (spam.reason, blocked.reason) == ("spam", "blocked")
    assert BlockedSender.objects.get().address == people.contact.email
    assert "Sort again" in page(signed_in, f"/desk/mail/{blocked.pk}/")
    decide(signed_in, blocked, "again")
    assert blocked.outcome is None
    assert not BlockedSender.objects.exists()
    assert "Waits to be sorted" in page(signed_in, f"/desk/mail/{blocked.pk}/")


def test_what_was_refused_is_listed_with_its_reason_and_can_be_found_again(
    people: Cast, signed_in: Client, mailbox: Mailbox, now: datetime
) -> None:
    assert "No mail was refused" in page(signed_in, "/desk/mail/?which=refused")
    spam = arrive(mailbox, replace(unvouched(people), subject="Win"), now, b"1")
    decide(signed_in, spam, "spam")
    report = replace(MAIL, automatic="bounce", sender="", subject="Undelivered")
    arrive(mailbox, report, now, b"2")
    text = page(signed_in, "/desk/mail/?which=refused")
    assert "Win" in text
    assert "Somebody here said that it is spam." in text
    assert "about a mail that this desk did not send" in text
    assert "Win" not in page(signed_in, "/desk/mail/")
    older = page(signed_in, f"/desk/mail/?which=refused&before={spam.pk + 1}")
    assert "Win" in older
    assert "Undelivered" not in older


def test_whoever_is_blocked_is_let_write_again_from_any_of_their_mails(
    people: Cast, signed_in: Client, mailbox: Mailbox, now: datetime
) -> None:
    first = arrive(mailbox, unvouched(people), now, b"1")
    decide(signed_in, first, "block")
    later = arrive(mailbox, replace(unvouched(people), internet_id="<2>"), now, b"2")
    assert (later.outcome, later.reason) == ("refused", "blocked")
    assert "Sort again" in page(signed_in, f"/desk/mail/{later.pk}/")
    assert decide(signed_in, later, "again") == 302
    assert not BlockedSender.objects.exists()
    assert later.outcome is None


def test_what_is_odd_about_a_mail_stands_beside_its_words(
    people: Cast, signed_in: Client, mailbox: Mailbox, now: datetime
) -> None:
    odd = replace(unvouched(people), verdict="passed", labels=frozenset({"encrypted"}))
    mail = arrive(mailbox, odd, now)
    assert mail.ticket is not None
    assert "Came by mail : it is encrypted" in page(
        signed_in, f"/desk/tickets/{mail.ticket.number}/"
    )
    assert "it is encrypted" in page(signed_in, f"/desk/mail/{mail.pk}/")


def test_after_a_decision_the_next_mail_is_there(
    people: Cast, signed_in: Client, mailbox: Mailbox, now: datetime
) -> None:
    first = arrive(mailbox, unvouched(people), now, b"1")
    second = arrive(mailbox, replace(unvouched(people), internet_id="<2>"), now, b"2")
    led_to = signed_in.post(reverse("agent:decide-mail", args=[first.pk, "spam"]))
    assert led_to["Location"] == f"/desk/mail/{second.pk}/"
    led_to = signed_in.post(reverse("agent:decide-mail", args=[second.pk, "spam"]))
    assert led_to["Location"] == "/desk/mail/"


def test_what_became_a_ticket_cannot_be_sorted_again(
    people: Cast, signed_in: Client, mailbox: Mailbox, now: datetime
) -> None:
    mail = arrive(mailbox, replace(unvouched(people), verdict="passed"), now)
    assert decide(signed_in, mail, "again") == 409
    assert mail.outcome == Outcome.TICKET


def test_the_raw_mail_and_its_way_are_shown_and_run_nothing(
    people: Cast, signed_in: Client, mailbox: Mailbox, now: datetime
) -> None:
    raw = b"From: x\nSubject: \xff" + EVIL.encode() + b"\n\n\x00 body"
    mail = arrive(mailbox, unvouched(people), now, raw)
    decide(signed_in, mail, "spam")
    html = signed_in.get(f"/desk/mail/{mail.pk}/").content.decode()
    assert EVIL not in html
    text = page(signed_in, f"/desk/mail/{mail.pk}/")
    for expected in ("kept, byte for byte", "Anton refused it", "desk@vendor.example", EVIL):
        assert expected in text
    answer = signed_in.get(reverse("agent:raw-mail", args=[mail.pk]))
    assert answer.content == raw
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_mail_to_a_private_team_is_seen_by_its_members_alone(
    people: Cast, signed_in: Client, mailbox: Mailbox, now: datetime
) -> None:
    mailbox.team = Team.objects.create(name="Directors", is_private=True)
    mailbox.save()
    mail = arrive(mailbox, unvouched(people), now)
    assert "No mail waits" in page(signed_in, "/desk/mail/")
    for name in ("mail", "raw-mail"):
        assert signed_in.get(reverse(f"agent:{name}", args=[mail.pk])).status_code == 404
    assert decide(signed_in, mail, "spam") == 404
    assert mail.outcome == Outcome.HELD


def test_c03_a_mail_is_not_accepted_to_a_ticket_that_the_reviewer_does_not_see(
    people: Cast, signed_in: Client, mailbox: Mailbox, ticket: Ticket, now: datetime
) -> None:
    ticket.team = Team.objects.create(name="Directors", is_private=True)
    ticket.save()
    mail = arrive(mailbox, answer(people, ticket, now), now)
    assert f"#{ticket.number}" not in page(signed_in, f"/desk/mail/{mail.pk}/")
    assert decide(signed_in, mail, "accept") == 404
    assert ticket.messages.count() == 1
