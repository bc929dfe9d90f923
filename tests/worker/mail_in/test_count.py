"""Each hour what arrived is compared with what was kept, number by number, and what is missing is noticed."""

import imaplib
from datetime import timedelta

import pytest

from duly.channels import wall_clock
from duly.channels.mail_in.imap import Folder
from duly.channels.mail_in.listener import Received
from duly.desk.actions.mail.reach import read_up_to
from duly.desk.mailroom.count import MailCount
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.raw_mail import RawMail
from duly.worker.mail_in import fetching, listening
from tests.channels.mail_in.dovecot import Dovecot
from tests.worker.mail_in.conftest import imap_mailbox

pytestmark = pytest.mark.django_db


def mail(number: int) -> bytes:
    return b"From: ann@customer.example\r\nSubject: %d\r\n\r\nbody %d\r\n" % (number, number)


def numbers(count: MailCount) -> tuple[int, int, int, int]:
    return count.arrived, count.kept, count.late, count.missing


def counted(mailbox: Mailbox) -> tuple[int, int, int, int]:
    """Fetch and count as the worker does; what it wrote down."""
    mailbox.refresh_from_db()
    with Folder(fetching.account_of(mailbox)) as folder:
        fetching.take_all(mailbox, folder)
        mailbox.refresh_from_db()
        fetching.count(mailbox, folder)
    return numbers(MailCount.objects.latest("pk"))


def sign_in(server: Dovecot) -> imaplib.IMAP4:
    other = imaplib.IMAP4("127.0.0.1", server.port)
    other.login("desk", "secret")
    other.select("INBOX")
    return other


class Busy(Folder):
    """While its first mail is settled another arrives."""

    server: Dovecot

    def settle(self, uid: int) -> None:
        super().settle(uid)
        if uid == 1:
            self.server.deliver(mail(2))


def test_what_arrives_while_others_are_taken_does_not_wait(dovecot: Dovecot) -> None:
    mailbox = imap_mailbox(dovecot, "keep")
    dovecot.deliver(mail(1))
    busy = Busy(fetching.account_of(mailbox))
    busy.server = dovecot
    with busy:
        fetching.take_all(mailbox, busy)
    assert RawMail.objects.count() == 2
    mailbox.refresh_from_db()
    assert mailbox.uid == 2


@pytest.mark.slow
@pytest.mark.parametrize("afterwards", ["keep", "move"])
def test_k25_every_number_of_the_server_is_looked_for(dovecot: Dovecot, afterwards: str) -> None:
    mailbox = imap_mailbox(dovecot, afterwards)
    dovecot.deliver(mail(1))
    dovecot.deliver(mail(2))
    assert counted(mailbox) == (2, 2, 0, 0)

    # The same bytes once more are a mail at the server and none of ours.
    dovecot.deliver(mail(3))
    dovecot.deliver(mail(2))
    assert counted(mailbox) == (2, 2, 0, 0)
    assert RawMail.objects.count() == 3

    # Somebody takes a mail away before the desk looks.
    dovecot.deliver(mail(4))
    with sign_in(dovecot) as other:
        other.store("1:*" if afterwards == "move" else "5", "+FLAGS", "\\Deleted")
        other.expunge()
    dovecot.deliver(mail(5))
    assert counted(mailbox) == (2, 1, 0, 1)
    assert counted(mailbox) == (0, 0, 0, 0)


@pytest.mark.slow
def test_k25_a_mail_that_was_passed_over_is_fetched_by_the_count(dovecot: Dovecot) -> None:
    mailbox = imap_mailbox(dovecot)
    dovecot.deliver(mail(1))
    assert counted(mailbox) == (1, 1, 0, 0)
    for number in (2, 3):
        dovecot.deliver(mail(number))
    read_up_to(  # as a bug, or somebody who moved the cursor, would leave it
        mailbox_id=mailbox.pk,
        validity=mailbox.counted_validity or _validity(mailbox),
        uid=2,
        at=wall_clock.now(),
    )
    assert counted(mailbox) == (2, 2, 1, 0)
    assert {bytes(kept.raw) for kept in RawMail.objects.all()} == {mail(1), mail(2), mail(3)}


@pytest.mark.slow
def test_of_a_renumbered_folder_only_what_is_there_is_counted(dovecot: Dovecot) -> None:
    mailbox = imap_mailbox(dovecot, "keep")
    for number in (1, 2):
        dovecot.deliver(mail(number))
    with sign_in(dovecot) as other:
        other.store("1", "+FLAGS", "\\Deleted")
        other.expunge()
    assert counted(mailbox) == (1, 1, 0, 0)  # what went before the first count is nobody's loss
    dovecot.renumber()
    assert counted(mailbox) == (1, 1, 0, 0)


def _validity(mailbox: Mailbox) -> int:
    mailbox.refresh_from_db()
    return mailbox.counted_validity


@pytest.mark.django_db(transaction=True)
def test_k25_what_was_acknowledged_is_looked_for() -> None:
    mailbox = Mailbox.objects.create(address="desk@desk.example", name="Support", kind="listener")
    for number in (1, 2, 2):
        listening.received(Received(mail(number), "", (mailbox.address,), "peer"))
    RawMail.objects.filter(raw=mail(1)).delete()  # behind our back
    at = wall_clock.now()
    listening.count(at)
    assert numbers(MailCount.objects.get()) == (3, 1, 0, 1)
    listening.count(at)
    assert MailCount.objects.count() == 1  # not before the next hour
    listening.count(at + timedelta(hours=1))
    assert numbers(MailCount.objects.latest("pk")) == (0, 0, 0, 0)
