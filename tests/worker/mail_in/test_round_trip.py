"""A mail goes out, its answer comes back, and only from the person it was written to."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path

import pytest
from pytest_django import Settings

from duly.channels import wall_clock
from duly.desk.actions.mail.keep import keep
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.raw_mail import RawMail
from duly.desk.tickets.message import Message, Note
from duly.desk.tickets.ticket import Ticket
from duly.worker import relay
from duly.worker.mail_in import sorting
from tests.desk.people import Cast, cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.worker.urls")]


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def mailbox(people: Cast) -> Iterator[Mailbox]:
    yield Mailbox.objects.create(
        address="desk@vendor.example",
        name="Support",
        kind="listener",
        verdict_server="mx.vendor.example",
    )
    sorting.close()


@pytest.fixture
def sink(tmp_path: Path, settings: Settings) -> Path:
    settings.DULY_MAIL_URL = f"sink:{tmp_path / 'mail'}"
    return tmp_path / "mail"


def sent_to(sink: Path, name: str) -> EmailMessage:
    """The newest mail to somebody, after the relay has sent all there is."""
    while relay.step() == 0:
        pass
    files = sorted(sink.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    mails = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
    return [mail for mail in mails if name in str(mail["To"])][-1]


def plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def answer(
    mail: EmailMessage, sender: str, text: str, mailbox: Mailbox, vouched: str = "pass"
) -> RawMail:
    """What a mail program makes of "reply", as our receiving server hands it on."""
    back = EmailMessage(policy=SMTP)
    domain = sender.partition("@")[2]
    back["Authentication-Results"] = f"mx.vendor.example; dmarc={vouched} header.from={domain}"
    back["From"] = sender
    back["To"] = str(mail["Reply-To"])
    back["Subject"] = f"Re: {mail['Subject']}"
    quoted = "".join(f"> {line}\n" for line in plain(mail).splitlines())
    back.set_content(f"{text}\n\nOn Monday the 26th, {mail['From']} wrote:\n{quoted}")
    keep(mailbox_id=mailbox.pk, raw=back.as_bytes(), at=wall_clock.now())
    while sorting.step() == 0:
        pass
    return RawMail.objects.latest("pk")


def opened(people: Cast) -> Ticket:
    return open_ticket(
        actor=people.actor("contact"), subject="Import", text="It stops.", at=wall_clock.now()
    )


def test_the_customers_answer_comes_back_to_its_ticket(
    people: Cast, mailbox: Mailbox, sink: Path
) -> None:
    ticket = opened(people)
    reply(
        actor=people.actor("agent"), ticket_id=ticket.pk, text="Which version?", at=wall_clock.now()
    )
    back = answer(sent_to(sink, "clara"), people.contact.email, "2.1, as I said.", mailbox)
    assert back.ticket == ticket
    assert back.message is not None
    assert back.message.text.startswith("2.1, as I said.")
    assert back.message.folded_from == 2


def test_whoever_wrote_to_sales_is_answered_from_there_and_answers_there(
    people: Cast, mailbox: Mailbox, sink: Path
) -> None:
    sales = Mailbox.objects.create(
        address="sales@vendor.example",
        name="Sales",
        kind="listener",
        verdict_server="mx.vendor.example",
    )
    first = EmailMessage(policy=SMTP)
    first["Authentication-Results"] = "mx.vendor.example; dmarc=pass header.from=acme.example"
    first["From"], first["To"] = people.contact.email, sales.address
    first["Subject"] = "An offer"
    first.set_content("For ten more of us, please.")
    keep(mailbox_id=sales.pk, raw=first.as_bytes(), at=wall_clock.now())
    while sorting.step() == 0:
        pass
    confirmed = sent_to(sink, "clara")
    assert "offer" in str(confirmed["Subject"])
    assert str(confirmed["Reply-To"]).startswith("sales+")
    lead, ticket = people.actor("lead"), Ticket.objects.get()
    assign(
        actor=lead,
        ticket_id=ticket.pk,
        team_id=people.team.pk,
        assignee_id=None,
        at=wall_clock.now(),
    )
    reply(actor=lead, ticket_id=ticket.pk, text="Gladly.", at=wall_clock.now())
    assert str(sent_to(sink, "clara")["Reply-To"]).startswith("sales+")
    Mailbox.objects.filter(pk=mailbox.pk).update(team=people.team)
    reply(actor=lead, ticket_id=ticket.pk, text="Here it is.", at=wall_clock.now())
    assert str(sent_to(sink, "clara")["Reply-To"]).startswith("desk+")


def test_a_signature_is_folded_with_what_stands_below_it(
    people: Cast, mailbox: Mailbox, sink: Path
) -> None:
    opened(people)
    text = "2.1\n\n-- \nClara, Acme"
    back = answer(sent_to(sink, "clara"), people.contact.email, text, mailbox)
    assert back.message is not None
    assert back.message.folded_from == 2


def test_an_agents_answer_goes_out_to_the_customer(
    people: Cast, mailbox: Mailbox, sink: Path
) -> None:
    opened(people)
    back = answer(sent_to(sink, "lena"), people.lead.email, "Which version?", mailbox)
    assert back.message is not None
    assert back.message.is_from_agent
    assert "Which version?" in plain(sent_to(sink, "clara"))


def test_a04_a_mail_that_was_passed_on_answers_nothing(
    people: Cast, mailbox: Mailbox, sink: Path
) -> None:
    opened(people)
    before = (Message.objects.count(), Note.objects.count())
    back = answer(sent_to(sink, "clara"), "friend@elsewhere.example", "Let me in.", mailbox)
    assert (back.outcome, back.reason) == ("held", "not_the_person")
    assert (Message.objects.count(), Note.objects.count()) == before


def test_a06_a_forged_agent_relays_nothing(people: Cast, mailbox: Mailbox, sink: Path) -> None:
    opened(people)
    back = answer(sent_to(sink, "lena"), people.lead.email, "Pay here.", mailbox, vouched="fail")
    assert (back.outcome, back.reason) == ("held", "forged")
