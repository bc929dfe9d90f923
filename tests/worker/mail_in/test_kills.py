"""Mail on its way in, with the worker killed at every named step: nothing is lost and nothing comes twice.

The servers are real: Dovecot for fetching, a client that speaks SMTP for receiving. The ledger is what the client was
told, the desk's rows are what became of it.
"""

import signal
import smtplib
from collections import Counter

import pytest

from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.raw_mail import Outcome, RawMail
from duly.desk.tickets.message import Message
from tests.channels.mail_in.dovecot import Dovecot
from tests.desk.people import Cast, cast
from tests.ports import free_port
from tests.waiting import PATIENCE_SECONDS, until
from tests.worker.mail_in.conftest import imap_mailbox
from tests.worker.processes import Workers, answers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

FETCHING = ("mail_in.fetched", "mail_in.kept", "mail_in.settled", "mail_in.cursor_moved")
SORTING = ("mail_in.taken", "mail_in.read", "mail_in.sorted")
RECEIVING = ("mail_in.received", "mail_in.acknowledged")
KILLED = (*FETCHING, *SORTING, *RECEIVING)
VERDICT = b"Authentication-Results: mx.desk.example; dmarc=pass header.from=acme.example\r\n"


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return cast()


def mail(number: int) -> bytes:
    return VERDICT + (
        b"From: Clara <clara@acme.example>\r\nTo: desk@desk.example\r\nSubject: mail %d\r\n"
        b"Message-ID: <%d@acme.example>\r\n\r\nbody %d\r\n" % (number, number, number)
    )


def words() -> Counter[str]:
    return Counter(Message.objects.values_list("text", flat=True))


def all_sorted(count: int) -> bool:
    return RawMail.objects.filter(outcome=Outcome.TICKET).count() == count


def die_at(point: str, *loops: str) -> None:
    """Run a worker until the point kills it."""
    with Workers(*loops, given={"DULY_FAULT": point}) as workers:
        (process,) = workers.running.values()
        assert process.wait(PATIENCE_SECONDS) == -signal.SIGKILL


@pytest.mark.parametrize("point", [*FETCHING, *SORTING])
def test_k01_a_worker_killed_between_server_and_ticket_loses_and_doubles_nothing(
    point: str, people: Cast, dovecot: Dovecot
) -> None:
    imap_mailbox(dovecot)
    for number in range(3):
        dovecot.deliver(mail(number))
    die_at(point, "mail-fetching", "mail-sorting")
    with Workers("mail-fetching", "mail-sorting"):
        until(lambda: all_sorted(3))
    assert words() == {f"body {number}": 1 for number in range(3)}


def test_k07_two_workers_at_once_take_each_mail_once(people: Cast, dovecot: Dovecot) -> None:
    imap_mailbox(dovecot, "keep")
    with Workers("mail-fetching", "mail-sorting", count=2):
        for number in range(6):
            dovecot.deliver(mail(number))
        until(lambda: all_sorted(6))
    assert words() == {f"body {number}": 1 for number in range(6)}


@pytest.mark.parametrize("point", RECEIVING)
def test_k01_a_mail_that_was_not_acknowledged_comes_again_and_counts_once(
    point: str, people: Cast
) -> None:
    Mailbox.objects.create(
        address="desk@desk.example",
        name="Support",
        kind="listener",
        verdict_server="mx.desk.example",
    )
    port = free_port()
    listen = {"DULY_MAIL_LISTEN": f"smtp://127.0.0.1:{port}"}
    with Workers("mail-listening", given={"DULY_FAULT": point, **listen}) as dying:
        until(lambda: answers(port))
        with pytest.raises((smtplib.SMTPException, OSError)):
            _hand_over(port)
        (process,) = dying.running.values()
        assert process.wait(PATIENCE_SECONDS) == -signal.SIGKILL
    with Workers("mail-listening", "mail-sorting", given=listen):
        until(lambda: answers(port))
        _hand_over(port)  # as every mail server does when it was not told 250
        until(lambda: all_sorted(1))
    assert words() == {"body 1": 1}


def test_g13_a_mail_that_kills_its_reader_stops_no_other(people: Cast, dovecot: Dovecot) -> None:
    imap_mailbox(dovecot)
    bomb = b"From: x@acme.example\r\nContent-Type: text/plain\r\n\r\n" + b"x\r\n" * (
        30 * 1024 * 1024
    )
    dovecot.deliver(bomb)
    dovecot.deliver(mail(1))
    with Workers("mail-fetching", "mail-sorting"):
        until(lambda: all_sorted(1))
    assert RawMail.objects.get(outcome=Outcome.HELD).reason == "unreadable"


def _hand_over(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=PATIENCE_SECONDS) as client:
        client.sendmail("clara@acme.example", ["desk@desk.example"], mail(1))
