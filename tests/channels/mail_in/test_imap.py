"""Mails are fetched from a real server, each once, whatever the flags say and whenever the server goes away."""

import imaplib
import threading
import time
from dataclasses import replace
from itertools import islice

import pytest

from duly.channels.mail_in.imap import Account, Afterwards, Cursor, Folder, Unreachable
from tests.channels.mail_in.dovecot import Dovecot

pytestmark = pytest.mark.slow


def mail(number: int) -> bytes:
    return b"From: ann@customer.example\r\nSubject: %d\r\n\r\nbody %d\r\n" % (number, number)


def fetched(account: Account, cursor: Cursor | None = None) -> tuple[list[bytes], Cursor | None]:
    with Folder(account) as folder:
        found = list(folder.new(cursor))
    return [one.raw for one in found], found[-1].at if found else cursor


def test_mails_come_byte_for_byte_and_each_once(server: Dovecot, account: Account) -> None:
    server.deliver(mail(1))
    server.deliver(b"\xff\xfegarbage without a header")
    first, cursor = fetched(account)
    assert first == [mail(1), b"\xff\xfegarbage without a header"]
    assert fetched(account, cursor) == ([], cursor)
    server.deliver(mail(3))
    assert fetched(account, cursor)[0] == [mail(3)]


def test_k02_a_mail_that_somebody_read_elsewhere_is_fetched_all_the_same(
    server: Dovecot, account: Account
) -> None:
    server.deliver(mail(1))
    with imaplib.IMAP4("127.0.0.1", server.port) as other:
        other.login("desk", "secret")
        other.select("INBOX")
        other.fetch("1", "(RFC822)")
    assert fetched(account)[0] == [mail(1)]


def test_k02_fetching_leaves_the_flags_alone(server: Dovecot, account: Account) -> None:
    server.deliver(mail(1))
    fetched(account)
    with imaplib.IMAP4("127.0.0.1", server.port) as other:
        other.login("desk", "secret")
        other.select("INBOX", readonly=True)
        assert other.search(None, "SEEN")[1] == [b""]


def test_a_renumbered_folder_is_read_from_its_beginning(server: Dovecot, account: Account) -> None:
    server.deliver(mail(1))
    _, cursor = fetched(account)
    server.renumber()
    server.deliver(mail(2))
    again, renewed = fetched(account, cursor)
    assert again == [mail(1), mail(2)]
    assert renewed is not None
    assert cursor is not None
    assert renewed.validity != cursor.validity


@pytest.mark.parametrize(
    ("afterwards", "inbox", "archive"),
    [(Afterwards.KEEP, 1, 0), (Afterwards.MOVE, 0, 1), (Afterwards.DELETE, 0, 0)],
)
def test_a_settled_mail_goes_where_the_owner_wants_it(
    server: Dovecot, account: Account, afterwards: Afterwards, inbox: int, archive: int
) -> None:
    server.deliver(mail(1))
    there = replace(account, afterwards=afterwards)
    with Folder(there) as folder:
        for one in folder.new(None):
            folder.settle(one.at.uid)
    assert len(fetched(account)[0]) == inbox
    if afterwards is Afterwards.MOVE:
        assert len(fetched(replace(account, folder="Archive"))[0]) == archive


def test_an_unsettled_mail_stays_where_it_is(server: Dovecot, account: Account) -> None:
    server.deliver(mail(1))
    fetched(replace(account, afterwards=Afterwards.DELETE))
    assert fetched(account)[0] == [mail(1)]


def test_idle_returns_as_soon_as_something_arrives(server: Dovecot, account: Account) -> None:
    with Folder(account) as folder:
        timer = threading.Timer(0.5, server.deliver, [mail(1)])
        timer.start()
        began = time.monotonic()
        folder.wait(120)
        assert time.monotonic() - began < 60
        timer.join()
        assert [one.raw for one in folder.new(None)] == [mail(1)]


def test_what_arrives_while_the_folder_is_open_is_there_at_the_next_look(
    server: Dovecot, account: Account
) -> None:
    """Dovecot lists what it has announced, and does not announce anew to whoever waits then."""
    with Folder(account) as folder:
        for number in range(3):
            server.deliver(mail(number))
            assert mail(number) in [one.raw for one in folder.new(None)]


def test_a_server_that_vanishes_in_the_middle_loses_nothing(
    server: Dovecot, account: Account
) -> None:
    for number in range(3):
        server.deliver(mail(number))
    got: list[bytes] = []
    cursor: Cursor | None = None
    with Folder(account) as folder:
        mails = folder.new(None)
        for one in islice(mails, 1):
            got.append(one.raw)
            cursor = one.at
        server.stop()
        with pytest.raises(Unreachable, match=r"desk at 127\.0\.0\.1"):
            next(mails)
    server.start()
    got += fetched(account, cursor)[0]
    assert got == [mail(0), mail(1), mail(2)]


def test_a_wrong_password_is_said_and_never_shown(account: Account) -> None:
    with pytest.raises(Unreachable) as refused:
        Folder(replace(account, password="not-it"))
    assert "not-it" not in str(refused.value) + repr(account)
