"""A letter that does not reach its reader: its ticket says so, the address is marked, and nobody is written to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from duly.desk.actions.deliveries.claim import claim
from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.actions.deliveries.settle import not_sent, sent
from duly.desk.mailroom.delivery import Delivery
from duly.desk.mailroom.incoming import Incoming
from duly.desk.mailroom.letter import Letter
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.outbox import Outbox
from duly.desk.people.person import Person
from duly.desk.queries.agent_ticket import agent_ticket
from duly.desk.queries.unreached import Unreached
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket
from tests.desk.mail.test_sort import arrive, from_
from tests.desk.mail.test_sorting import MAIL
from tests.desk.people import MONDAY, Cast

HOUR = timedelta(hours=1)


@pytest.fixture
def letter(people: Cast, mailbox: Mailbox) -> Letter:
    """The confirmation to a contact who wrote a mail: handed over."""
    arrive(mailbox, from_(people.contact), b"one")
    dispatch(at=MONDAY)
    letters = claim(at=MONDAY)
    for one in letters:
        sent(delivery_id=one.delivery_id, at=MONDAY)
    return next(one for one in letters if one.reader.email == people.contact.email)


def report(letter: Letter, *, permanent: bool = True) -> Incoming:
    return replace(
        MAIL,
        sender="mailer-daemon@mx.acme.example",
        subject="Undelivered Mail",
        internet_id="<report@mx.acme.example>",
        automatic="bounce",
        bounced_id=f"<{letter.message_id}@desk.example>",
        bounced_address=letter.reader.email,
        bounce_is_permanent=permanent,
    )


def undelivered() -> list[int | None]:
    return list(Event.objects.filter(kind="undelivered").values_list("person_id", flat=True))


def test_k15_a_bounce_lands_on_its_ticket_marks_the_address_and_tells_nobody(
    people: Cast, mailbox: Mailbox, letter: Letter
) -> None:
    waiting = Outbox.objects.count()
    mail = arrive(mailbox, report(letter), b"two")
    ticket = Ticket.objects.get()
    assert (mail.outcome, mail.ticket) == ("refused", ticket)
    assert undelivered() == [people.contact.pk]
    assert Outbox.objects.count() == waiting
    assert Delivery.objects.get(pk=letter.delivery_id).state == "failed"

    page = agent_ticket(people.actor("agent"), ticket.number, MONDAY)
    assert page.unreached == Unreached(MONDAY, f"bounced on 2026-10-19: {people.contact.email}")
    assert page.entries[-1].kind == "undelivered"
    assert page.entries[-1].who == str(people.contact)

    # The same report again, by another way, is no second event.
    again = replace(report(letter), internet_id="<other@mx.acme.example>")
    arrive(mailbox, again, b"three")
    assert undelivered() == [people.contact.pk]


def test_a_report_of_a_delay_marks_nothing(people: Cast, mailbox: Mailbox, letter: Letter) -> None:
    mail = arrive(mailbox, report(letter, permanent=False), b"two")
    assert mail.ticket == Ticket.objects.get()
    assert undelivered() == []
    assert Delivery.objects.get(pk=letter.delivery_id).state == "sent"
    assert not Person.objects.exclude(unreached_at=None).exists()


def test_mail_from_the_address_takes_the_mark_away(
    people: Cast, mailbox: Mailbox, letter: Letter
) -> None:
    arrive(mailbox, report(letter), b"two")
    assert Person.objects.exclude(unreached_at=None).get() == people.contact
    arrive(mailbox, from_(people.contact, internet_id="<later@acme.example>"), b"three")
    assert not Person.objects.exclude(unreached_at=None).exists()


@pytest.mark.parametrize("is_of_address", [True, False])
def test_an_address_that_a_server_refuses_is_marked_and_another_refusal_is_not(
    is_of_address: bool, people: Cast, mailbox: Mailbox, letter: Letter
) -> None:
    Delivery.objects.update(state="waiting", next_attempt_at=MONDAY)
    not_sent(
        delivery_id=letter.delivery_id,
        at=MONDAY,
        reason="550 nobody here",
        is_permanent=True,
        is_of_address=is_of_address,
    )
    row = Delivery.objects.get(pk=letter.delivery_id)
    assert (row.state, row.result, row.next_attempt_at) == ("failed", "550 nobody here", None)
    assert undelivered() == ([people.contact.pk] if is_of_address else [])
    assert Person.objects.filter(unreached_because="550 nobody here").exists() == is_of_address


def test_k15_a_report_about_a_mail_of_somebody_else_says_so(
    people: Cast, mailbox: Mailbox, letter: Letter
) -> None:
    other = replace(report(letter), bounced_id="<spam@elsewhere.example>")
    mail = arrive(mailbox, other, b"two")
    assert (mail.outcome, mail.reason, mail.ticket) == ("refused", "report_of_another", None)
    assert undelivered() == []
