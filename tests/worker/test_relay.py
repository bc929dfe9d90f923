"""The relay: words leave by mail, once, and a stop of the desk is told in one."""

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from pytest_django import Settings

from duly.channels import wall_clock
from duly.desk.actions.deliveries._write import MOST_ENCLOSED_BYTES
from duly.desk.actions.setup.outgoing import Outgoing, set_outgoing
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.mailroom.delivery import Delivery
from duly.desk.mailroom.outbox import Outbox
from duly.desk.people.person import Person
from duly.desk.tickets.attachment import NewFile
from duly.worker import relay, watch
from tests.channels.mail_out.test_smtp import Post
from tests.conftest import Clock
from tests.desk.people import Cast, cast
from tests.desk.policies import published, subscribed
from tests.ports import free_port
from tests.worker.test_watch import POLICY

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.worker.urls")]

HOUR = 3600.0


@pytest.fixture
def people(db: None) -> Cast:
    people = cast()
    subscribed(people, published(people, POLICY))
    return people


@pytest.fixture
def mails(tmp_path: Path, settings: Settings) -> "Mails":
    settings.DULY_MAIL_URL = f"sink:{tmp_path / 'mail'}"
    settings.DULY_URL = "https://desk.example.com"
    settings.DEFAULT_FROM_EMAIL = "Duly <desk@example.com>"
    return Mails(tmp_path / "mail")


class Mails:
    """The mails in the sink."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[EmailMessage]:
        found = sorted(self.folder.glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=default) for file in found]

    def to(self, name: str) -> list[EmailMessage]:
        return [mail for mail in self.all() if name in str(mail["To"])]

    def forget(self) -> None:
        for file in self.folder.glob("*"):
            file.unlink()


def words(mail: EmailMessage) -> str:
    """What a program without HTML shows."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def run_dry() -> None:
    """Let the relay work until nothing is left for it."""
    while relay.step() == 0:
        pass


def opened(people: Cast, subject: str = "Door") -> int:
    ticket = open_ticket(
        actor=people.actor("contact"),
        subject=subject,
        text="It is stuck.",
        priority="1",
        at=wall_clock.now(),
    )
    return ticket.pk


def test_a_reply_reaches_the_requester_once(people: Cast, mails: Mails) -> None:
    ticket = opened(people)
    run_dry()
    mails.forget()
    reply(actor=people.actor("agent"), ticket_id=ticket, text="Push it.", at=wall_clock.now())
    run_dry()
    run_dry()
    (mail,) = mails.all()
    assert mail["From"] == "Duly <desk@example.com>"
    assert mail["To"] == "Clara <clara@acme.example>"
    assert str(mail["Subject"]).startswith("[#")
    assert str(mail["Subject"]).endswith("] Door")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["In-Reply-To"] == mail["References"]
    for said in (words(mail), html(mail)):
        assert "Anton wrote:" in said
        assert "Push it." in said
        assert "https://desk.example.com/tickets/" in said
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_the_files_of_an_agents_reply_go_along_to_the_customer_as_far_as_a_mail_holds_them(
    people: Cast, mails: Mails, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    ticket, agent, customer = opened(people), people.actor("agent"), people.actor("contact")
    run_dry()
    mails.forget()
    files = [
        NewFile("log.txt", "text/plain", b"line\r\n"),
        NewFile("<film>.bin", "application/octet-stream", bytes(MOST_ENCLOSED_BYTES)),
        NewFile("shot.png", "image/png", b"\x89PNG\xff"),
    ]
    reply(actor=agent, ticket_id=ticket, text="See these.", files=files, at=wall_clock.now())
    note(actor=agent, ticket_id=ticket, text="For us.", files=files[2:], at=wall_clock.now())
    run_dry()
    (mail,) = mails.all()
    enclosed = {
        part.get_filename(): part.get_payload(decode=True) for part in mail.iter_attachments()
    }
    assert enclosed == {"log.txt": b"line\r\n", "shot.png": b"\x89PNG\xff"}
    assert "Too large for a mail, but there on the page: <film>.bin" in words(mail)
    assert "&lt;film&gt;.bin" in html(mail)
    mails.forget()
    reply(actor=customer, ticket_id=ticket, text="Thanks.", files=files, at=wall_clock.now())
    run_dry()
    assert mails.all(), "those responsible hear of it"
    assert not [part for mail in mails.all() for part in mail.iter_attachments()]


def test_a_server_that_is_set_takes_the_letters_from_the_sender_that_is_set(
    people: Cast, mails: Mails
) -> None:
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        set_outgoing(
            actor=people.actor("owner"),
            outgoing=Outgoing(
                host="127.0.0.1",
                port=controller.port,
                security="none",
                from_address="help@acme.test",
                from_name="Acme Help",
            ),
            at=wall_clock.now(),
        )
        Person.objects.filter(pk=people.contact.pk).update(email="clara@acme.test")
        opened(people)
        run_dry()
    finally:
        controller.stop()
    (taken,) = post.taken
    letter = message_from_bytes(taken.content or b"", policy=default)  # type: ignore[arg-type]
    assert (taken.mail_from, taken.rcpt_tos) == ("help@acme.test", ["clara@acme.test"])
    assert letter["From"] == "Acme Help <help@acme.test>"
    assert str(letter["Message-ID"]).endswith("@example.com>"), "its domain stays"
    assert mails.all() == []


def test_the_requester_is_told_what_was_promised_in_their_zone(people: Cast, mails: Mails) -> None:
    opened(people)
    run_dry()
    (mail,) = mails.to("Clara")
    assert "Promised now:" in words(mail)
    assert "- first answer: " in words(mail)
    assert words(mail).rstrip().splitlines()[-1].startswith("https://desk.example.com/tickets/")
    (agents,) = mails.to("Lena")
    assert "https://desk.example.com/desk/tickets/" in words(agents)


def test_a_letter_is_written_in_the_language_of_its_reader(people: Cast, mails: Mails) -> None:
    Person.objects.filter(pk=people.contact.pk).update(language="de")
    opened(people)
    run_dry()
    (mail,) = mails.to("Clara")
    assert "Clara hat das Ticket eröffnet:" in words(mail)
    assert "- erste Antwort: " in words(mail)


def test_a_mail_that_is_not_taken_keeps_its_message_id(
    people: Cast, mails: Mails, clock: Clock, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "taken").touch()
    good = settings.DULY_MAIL_URL
    settings.DULY_MAIL_URL = f"sink:{tmp_path / 'taken'}"
    opened(people)
    run_dry()
    assert set(Delivery.objects.values_list("state", "attempts")) == {("waiting", 1)}
    ids = {f"<{delivery.message_id}@example.com>" for delivery in Delivery.objects.all()}
    settings.DULY_MAIL_URL = good
    run_dry()
    assert mails.all() == [], "it waits before it tries again"
    clock.shift(HOUR)
    run_dry()
    assert {mail["Message-ID"] for mail in mails.all()} == ids


@pytest.mark.slow
def test_after_an_hours_stop_each_person_gets_one_summary(
    people: Cast, mails: Mails, clock: Clock
) -> None:
    """Thirty tickets fall due while the desk stands still, the last ones just before it starts again."""
    clock.shift(-2 * HOUR)
    for number in range(30):
        clock.shift(-2 * HOUR - 120 * (29 - number))  # due one after another, the last one now
        opened(people, f"Door {number}")
    clock.shift(-2 * HOUR)
    run_dry()
    mails.forget()

    clock.shift(5)  # the two hours of the target have passed for all of them, up to 58 minutes ago
    while watch.step() == 0:
        run_dry()
    run_dry()
    assert mails.all() == [], "a summary waits for more"
    assert not Outbox.objects.exists()

    clock.shift(5 + 120)
    run_dry()
    (mail,) = mails.all()
    assert mail["To"] == "Lena <lena@desk.example>"
    assert mail["Subject"] == "30 tickets need a look"
    for number in range(30):
        assert f" Door {number}\n" in words(mail).replace("\r\n", "\n")


def test_a_miss_on_a_desk_that_is_awake_is_told_at_once(
    people: Cast, mails: Mails, clock: Clock
) -> None:
    opened(people)
    run_dry()
    mails.forget()
    for minute in range(0, 121, 4):
        clock.shift(minute * 60 + 5)
        while watch.step() == 0:
            pass
        run_dry()
    subjects = [str(mail["Subject"]) for mail in mails.to("Lena")]
    assert [subject.split("[")[0] for subject in subjects] == ["Due soon: ", "Missed: "]


def test_a_summary_waits_until_nothing_more_has_come_for_a_minute(
    people: Cast, mails: Mails, clock: Clock
) -> None:
    for _ in range(2):
        opened(people)
    run_dry()
    mails.forget()
    clock.shift(3 * HOUR)
    watch.step()
    run_dry()
    (summary,) = Delivery.objects.filter(is_summary=True)
    assert summary.next_attempt_at is not None
    assert summary.next_attempt_at - wall_clock.now() > timedelta(seconds=50)
