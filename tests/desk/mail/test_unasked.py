"""Nobody is flooded through the desk: who did not ask gets one mail a day, and not the words of who used their name."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from duly.desk.actions.deliveries.claim import claim
from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.actions.deliveries.settle import sent
from duly.desk.actions.tickets.reply import reply
from duly.desk.mailroom.incoming import Incoming
from duly.desk.mailroom.letter import Letter
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.raw_mail import RawMail
from duly.desk.mailroom.sender import may_write_unasked
from tests.desk.mail.test_sort import arrive, from_
from tests.desk.mail.test_sorting import MAIL
from tests.desk.people import MONDAY, Cast

VICTIM = "victim@elsewhere.example"


def write(to: Mailbox, number: int) -> RawMail:
    mail = replace(
        MAIL, sender=VICTIM, subject=f"Buy {number}", text="Buy now", internet_id=f"<{number}@x>"
    )
    return arrive(to, mail, b"%d" % number)


def letters_to(email: str, at: datetime) -> list[Letter]:
    dispatch(at=at)
    letters = claim(at=at, limit=200)
    for letter in letters:
        sent(delivery_id=letter.delivery_id, at=at)
    return [letter for letter in letters if letter.reader.email == email]


@pytest.mark.slow
def test_g05_r24_a_hundred_mails_in_somebodys_name_bring_them_one_letter_a_day(
    people: Cast, mailbox: Mailbox
) -> None:
    found = []
    for number in range(100):
        write(mailbox, number)
        if number % 10 == 0:
            found += letters_to(VICTIM, MONDAY)
    found += letters_to(VICTIM, MONDAY)
    assert len(found) == 1
    write(mailbox, 100)
    assert letters_to(VICTIM, MONDAY + timedelta(hours=23, minutes=59)) == []
    write(mailbox, 101)
    assert len(letters_to(VICTIM, MONDAY + timedelta(hours=24))) == 1


def test_g05_the_letter_holds_no_words_of_whoever_used_the_name(
    people: Cast, mailbox: Mailbox
) -> None:
    write(mailbox, 1)
    (letter,) = letters_to(VICTIM, MONDAY)
    assert letter.about[0].subject == ""
    assert [item.text for item in letter.about[0].items] == [None]


def test_a_stranger_whom_an_agent_answers_gets_the_answer(people: Cast, mailbox: Mailbox) -> None:
    ticket = write(mailbox, 1).ticket
    assert ticket is not None
    letters_to(VICTIM, MONDAY)
    reply(actor=people.actor("agent"), ticket_id=ticket.pk, text="Thank you.", at=MONDAY)
    (letter,) = letters_to(VICTIM, MONDAY)
    assert letter.about[0].items[0].text == "Thank you."
    assert letter.about[0].subject == "Buy 1"


def test_a_contact_hears_of_each_ticket_what_is_promised(people: Cast, mailbox: Mailbox) -> None:
    for number in range(3):
        mail = from_(people.contact, internet_id=f"<{number}@acme>")
        arrive(mailbox, mail, b"%d" % number)
    assert len(letters_to(people.contact.email, MONDAY)) == 3


@pytest.mark.parametrize("kind", ["auto_reply", "auto_generated", "list", "bounce"])
def test_g01_g02_a_machine_that_answers_us_is_never_answered(
    kind: str, people: Cast, mailbox: Mailbox
) -> None:
    write(mailbox, 1)
    assert len(letters_to(VICTIM, MONDAY)) == 1
    back: Incoming = replace(MAIL, sender=VICTIM, automatic=kind, internet_id="<back@x>")
    arrive(mailbox, back, b"back")
    later = MONDAY + timedelta(days=2)
    assert letters_to(VICTIM, later) == []


def test_each_address_has_a_day_of_its_own(people: Cast) -> None:
    assert may_write_unasked(VICTIM, at=MONDAY)
    assert not may_write_unasked(VICTIM, at=MONDAY)
    assert may_write_unasked("other@elsewhere.example", at=MONDAY)


def test_r24_a_contacts_machine_that_answers_each_confirmation_is_fed_twenty_times(
    people: Cast, mailbox: Mailbox
) -> None:
    found = []
    for number in range(25):
        arrive(mailbox, from_(people.contact, internet_id=f"<{number}@acme>"), b"%d" % number)
        if number % 3 == 0:  # several at once and one by one
            found += letters_to(people.contact.email, MONDAY)
    found += letters_to(people.contact.email, MONDAY)
    assert len(found) == 20
    # The tickets are all there, and the day after they are confirmed again.
    assert RawMail.objects.filter(outcome="ticket").count() == 25
    arrive(mailbox, from_(people.contact, internet_id="<25@acme>"), b"25")
    assert len(letters_to(people.contact.email, MONDAY + timedelta(days=1))) == 1
