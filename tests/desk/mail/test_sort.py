"""Kept mails become tickets, replies and notes, in one transaction with their outcome."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from duly.desk.actions.mail.accept import accept
from duly.desk.actions.mail.keep import keep
from duly.desk.actions.mail.open_from import open_from
from duly.desk.actions.mail.refuse import refuse
from duly.desk.actions.mail.sort import next_unsorted, sort_mail
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.errors import NotFound, NotPossible
from duly.desk.mailroom.audience import hearers
from duly.desk.mailroom.incoming import Incoming
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.outbox import Outbox
from duly.desk.mailroom.raw_mail import Outcome, RawMail
from duly.desk.mailroom.reply_address import ReplyAddress, found, secret_in, with_secret
from duly.desk.mailroom.sorting import MOST_AN_HOUR, Reason
from duly.desk.people.person import Person
from duly.desk.tickets.attachment import Attachment, NewFile
from duly.desk.tickets.message import Message, Note
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.words import TEXT_LENGTH
from tests.desk.mail.test_sorting import MAIL
from tests.desk.people import MONDAY, Cast

LATER = MONDAY + timedelta(hours=1)


def arrive(mailbox: Mailbox, incoming: Incoming, raw: bytes = b"raw") -> RawMail:
    """What the worker does: keep, lock, sort an hour later."""
    keep(mailbox_id=mailbox.pk, raw=raw, at=MONDAY)
    with transaction.atomic():
        mail = next_unsorted()
        assert mail is not None
        sort_mail(mail, incoming, at=LATER)
    return mail


def from_(person: Person, **more: object) -> Incoming:
    return replace(MAIL, sender=person.email, **more)  # type: ignore[arg-type]


def ticket_of(people: Cast) -> Ticket:
    return open_ticket(actor=people.actor("contact"), subject="Import", text="It stops.", at=MONDAY)


def answer_address(ticket: Ticket, person: Person, *, internal: bool = False) -> ReplyAddress:
    return ReplyAddress.objects.create(
        ticket=ticket, person=person, is_internal=internal, made_at=MONDAY
    )


def answering(address: ReplyAddress, person: Person, **more: object) -> Incoming:
    return from_(person, recipients=(with_secret("desk@vendor.example", address.secret),), **more)


def test_a_contacts_mail_is_a_ticket_of_their_organisation_since_its_receipt(
    people: Cast, mailbox: Mailbox
) -> None:
    mail = arrive(mailbox, from_(people.contact))
    assert mail.outcome == Outcome.TICKET
    assert mail.ticket is not None
    assert mail.ticket.organisation == people.acme
    assert mail.ticket.requester == people.contact
    assert mail.ticket.team == people.team
    assert mail.ticket.opened_at == MONDAY
    assert mail.ticket.channel == "email"


def test_a_stranger_becomes_a_person_without_an_organisation(
    people: Cast, mailbox: Mailbox
) -> None:
    mail = arrive(mailbox, replace(MAIL, sender="new@elsewhere.example", sender_name="New"))
    assert mail.ticket is not None
    assert (mail.ticket.requester.email, mail.ticket.organisation) == (
        "new@elsewhere.example",
        None,
    )


def test_a_stranger_with_an_address_that_nobody_can_have_is_held(
    people: Cast, mailbox: Mailbox
) -> None:
    mail = arrive(mailbox, replace(MAIL, sender=f"{'x' * 250}@elsewhere.example"))
    assert (mail.outcome, mail.reason) == (Outcome.HELD, Reason.NO_SENDER)
    assert not Person.objects.filter(email__endswith="elsewhere.example").exists()


def test_a15_a_domain_gives_nobody_a_place_in_an_organisation(
    people: Cast, mailbox: Mailbox
) -> None:
    people.acme.domains = ["acme.example"]
    people.acme.save()
    mail = arrive(mailbox, replace(MAIL, sender="unheard@acme.example"))
    assert mail.ticket is not None
    assert mail.ticket.organisation is None


def test_k01_the_same_bytes_are_kept_once(people: Cast, mailbox: Mailbox) -> None:
    keep(mailbox_id=mailbox.pk, raw=b"same", at=MONDAY)
    keep(mailbox_id=mailbox.pk, raw=b"same", at=LATER)
    assert [mail.received_at for mail in RawMail.objects.all()] == [MONDAY]


def test_an_answer_becomes_a_public_reply(people: Cast, mailbox: Mailbox) -> None:
    ticket = ticket_of(people)
    mail = arrive(
        mailbox, answering(answer_address(ticket, people.contact), people.contact, text="Still.")
    )
    assert mail.outcome == Outcome.REPLY
    assert mail.message is not None
    assert (mail.message.ticket, mail.message.text, mail.message.is_from_agent) == (
        ticket,
        "Still.",
        False,
    )


def test_an_agent_answers_the_customer_by_mail(people: Cast, mailbox: Mailbox) -> None:
    ticket = ticket_of(people)
    mail = arrive(
        mailbox, answering(answer_address(ticket, people.agent), people.agent, text="Try 2.1")
    )
    assert mail.message is not None
    assert mail.message.is_from_agent


def test_d02_an_answer_to_a_note_stays_a_note(people: Cast, mailbox: Mailbox) -> None:
    ticket = ticket_of(people)
    before = Message.objects.count()
    address = answer_address(ticket, people.agent, internal=True)
    arrive(mailbox, answering(address, people.agent, text="They are lying."))
    assert Note.objects.get().text == "They are lying."
    assert Message.objects.count() == before


def test_a04_an_address_passed_on_is_held_and_mails_nobody(people: Cast, mailbox: Mailbox) -> None:
    ticket = ticket_of(people)
    Outbox.objects.all().delete()
    mail = arrive(mailbox, answering(answer_address(ticket, people.contact), people.stranger))
    assert (mail.outcome, mail.reason, mail.ticket) == (Outcome.HELD, Reason.NOT_THE_PERSON, None)
    assert not Outbox.objects.exists()


def test_an_agent_without_the_right_any_more_is_held(people: Cast, mailbox: Mailbox) -> None:
    address = answer_address(ticket_of(people), people.agent)
    people.agent.is_active = False
    people.agent.save()
    assert arrive(mailbox, answering(address, people.agent)).reason == Reason.NO_LONGER_ALLOWED


def test_an_answer_to_a_closed_ticket_is_held(people: Cast, mailbox: Mailbox) -> None:
    ticket = ticket_of(people)
    close(actor=people.actor("lead"), ticket_id=ticket.pk, at=MONDAY)
    mail = arrive(mailbox, answering(answer_address(ticket, people.contact), people.contact))
    assert mail.reason == Reason.TICKET_CLOSED


def test_g01_an_auto_reply_is_kept_and_tells_nobody(people: Cast, mailbox: Mailbox) -> None:
    ticket = ticket_of(people)
    address = answer_address(ticket, people.contact)
    arrive(mailbox, answering(address, people.contact, automatic="auto_reply"))
    event = ticket.events.filter(kind="replied").get()
    assert event.facts["by"] == "automatic"
    assert hearers(event, ticket) == set()


def test_k06_one_mail_to_two_addresses_is_one_ticket(people: Cast, mailbox: Mailbox) -> None:
    other = Mailbox.objects.create(address="help@vendor.example", name="Help", kind="listener")
    first = arrive(mailbox, from_(people.contact), b"Delivered-To: desk")
    second = arrive(other, from_(people.contact), b"Delivered-To: help")
    assert (first.outcome, second.outcome, second.reason) == (
        Outcome.TICKET,
        Outcome.REFUSED,
        Reason.AGAIN,
    )


def test_k06_other_words_under_the_same_message_id_are_another_mail(
    people: Cast, mailbox: Mailbox
) -> None:
    other = Mailbox.objects.create(address="help@vendor.example", name="Help", kind="listener")
    arrive(mailbox, from_(people.contact), b"one")
    second = arrive(other, from_(people.contact, subject="Something else"), b"two")
    assert second.outcome == Outcome.TICKET


def test_what_is_odd_about_a_mail_is_kept_with_it(people: Cast, mailbox: Mailbox) -> None:
    arrive(mailbox, from_(people.contact, labels=frozenset({"signed", "encrypted"})))
    assert RawMail.objects.get().labels == ["encrypted", "signed"]


def test_files_are_kept_once_and_named_each_time(
    people: Cast, mailbox: Mailbox, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    files = tuple(
        NewFile(name, "image/png", b"\x89PNG same", None, is_inline=False) for name in ("a", "b")
    )
    mail = arrive(mailbox, from_(people.contact, files=files))
    attachments = Attachment.objects.filter(message=mail.message)
    assert sorted(attachments.values_list("name", flat=True)) == ["a", "b"]
    assert attachments.values("file").distinct().count() == 1


def test_a02_a_secret_is_long_personal_and_not_guessed(people: Cast) -> None:
    ticket = ticket_of(people)
    one, two = answer_address(ticket, people.contact), answer_address(ticket, people.agent)
    address = with_secret("desk@vendor.example", one.secret)
    assert len(address.partition("@")[0]) <= 64
    assert found(secret_in(address.upper())) == one
    other = "b" if one.secret[20] == "a" else "a"
    flipped = one.secret[:20] + other + one.secret[21:]
    assert found(flipped) is None
    assert found(two.secret[:13] + one.secret[13:]) is None
    assert found("") is None
    assert found("ü" * 45) is None


@pytest.mark.django_db
def test_a_reviewer_accepts_opens_and_refuses_each_once(people: Cast, mailbox: Mailbox) -> None:
    ticket = ticket_of(people)
    unvouched = answering(answer_address(ticket, people.contact), people.contact, verdict="none")
    mail = arrive(mailbox, unvouched, b"1")
    reviewer = people.actor("agent")
    accept(actor=reviewer, mail_id=mail.pk, at=LATER)
    assert ticket.messages.count() == 2
    with pytest.raises(NotPossible):
        accept(actor=reviewer, mail_id=mail.pk, at=LATER)

    cold = from_(people.contact, verdict="none", internet_id="<2@acme.example>")
    opened = open_from(actor=reviewer, mail_id=arrive(mailbox, cold, b"2").pk, at=LATER)
    assert opened.ticket is not None
    assert opened.ticket.opened_at == LATER

    spam = replace(MAIL, sender="spam@evil.example", verdict="none", internet_id="<3@evil.example>")
    refuse(actor=reviewer, mail_id=arrive(mailbox, spam, b"3").pk, block=True, at=LATER)
    assert arrive(mailbox, replace(spam, internet_id="<4>"), b"4").reason == Reason.BLOCKED


def test_nobody_else_reviews(people: Cast, mailbox: Mailbox) -> None:
    mail = arrive(mailbox, from_(people.contact, verdict="none"))
    for name in ("contact", "light_agent", "stranger"):
        with pytest.raises(NotFound):
            refuse(actor=people.actor(name), mail_id=mail.pk, at=LATER)
    mail.refresh_from_db()
    assert mail.outcome == Outcome.HELD


def test_what_the_agreement_asks_and_a_mail_cannot_say_is_held(
    people: Cast, mailbox: Mailbox
) -> None:
    from duly.desk.actions.people.invite import invite_contact

    invite_contact(
        actor=people.actor("owner"),
        organisation_id=people.other.pk,
        email=people.contact.email,
        name="Clara",
        at=MONDAY,
    )
    mail = arrive(mailbox, from_(people.contact))
    assert (mail.outcome, mail.reason, mail.ticket) == (
        Outcome.HELD,
        Reason.WHICH_SUBSCRIPTION,
        None,
    )


def test_g11_mails_of_one_sender_beyond_the_quota_wait_for_a_person(
    people: Cast, mailbox: Mailbox
) -> None:
    RawMail.objects.bulk_create(
        RawMail(
            mailbox=mailbox,
            sha256=str(number),
            raw=b"",
            received_at=MONDAY - timedelta(minutes=number % 60),
            outcome="ticket",
            decided_at=MONDAY,
            sender=people.contact.email.upper(),
        )
        for number in range(MOST_AN_HOUR)
    )
    assert arrive(mailbox, from_(people.contact)).reason == Reason.TOO_MANY
    other = arrive(mailbox, from_(people.colleague, internet_id="<2@acme>"), b"other")
    assert other.outcome == Outcome.TICKET
    RawMail.objects.filter(raw=b"").update(received_at=MONDAY - timedelta(minutes=61))
    again = arrive(mailbox, from_(people.contact, internet_id="<3@acme>"), b"later")
    assert again.outcome == Outcome.TICKET


def test_k19_of_an_overlong_mail_that_is_accepted_nothing_is_left_out(
    people: Cast, mailbox: Mailbox
) -> None:
    text = "ü" * (TEXT_LENGTH + 1)
    mail = arrive(mailbox, from_(people.contact, text=text))
    assert (mail.outcome, mail.reason) == (Outcome.HELD, Reason.TOO_LARGE)
    open_from(actor=people.actor("lead"), mail_id=mail.pk, at=LATER)
    mail.refresh_from_db()
    assert mail.message is not None
    assert mail.message.text == text[:TEXT_LENGTH]
    whole = mail.message.attachments.get(name="mail.txt").file
    assert whole.size == 2 * (TEXT_LENGTH + 1)  # two bytes each


def test_a_mail_of_what_cannot_be_seen_arrives_and_says_so(people: Cast, mailbox: Mailbox) -> None:
    mail = arrive(mailbox, from_(people.contact, subject="\u200b", text="\u200b\ufeff"))
    assert mail.outcome == Outcome.TICKET
    assert mail.ticket is not None
    assert mail.message is not None
    assert (mail.ticket.subject, mail.message.text) == ("(no subject)", "(no text)")


def test_k23_a_ticket_that_is_gone_does_not_come_back_with_its_mail(
    people: Cast, mailbox: Mailbox
) -> None:
    """The same mail again: from a renumbered folder byte for byte, by a second way with other headers."""
    mail = arrive(mailbox, from_(people.contact))
    assert mail.ticket is not None
    resolve(actor=people.actor("agent"), ticket_id=mail.ticket.pk, at=LATER)
    close(actor=people.actor("agent"), ticket_id=mail.ticket.pk, at=LATER)
    keep(mailbox_id=mailbox.pk, raw=b"raw", at=LATER)
    with transaction.atomic():
        assert next_unsorted() is None
    elsewhere = Mailbox.objects.create(address="b@vendor.example", name="B", kind="listener")
    assert arrive(elsewhere, from_(people.contact), b"other").reason == Reason.AGAIN
    assert Ticket.objects.count() == 1
