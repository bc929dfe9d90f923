"""A mailbox is tried out step by step; the first step that fails says why."""

import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from duly.channels.mail_in.check import Check, Step, check
from duly.channels.mail_in.imap import Account, Cursor, Folder, Security, Unreachable
from tests.certificates import self_signed
from tests.channels.mail_in.dovecot import Dovecot

pytestmark = pytest.mark.slow


def last(tried: Check) -> tuple[Step, bool]:
    return tried.steps[-1].step, tried.steps[-1].is_good


def test_all_steps_are_good_and_the_end_of_the_folder_is_known(
    server: Dovecot, account: Account
) -> None:
    server.deliver(b"From: a@x.example\r\n\r\none")
    server.deliver(b"From: a@x.example\r\n\r\ntwo")
    tried = check(account)
    assert [one.step for one in tried.steps] == list(Step)
    assert tried.steps[-1].said == "2"
    with Folder(account) as folder:
        assert tried.end == Cursor(folder.validity, 2)
        assert list(folder.new(tried.end)) == []
    server.deliver(b"From: a@x.example\r\n\r\nthree")
    with Folder(account) as folder:
        assert [one.raw[-5:] for one in folder.new(tried.end)] == [b"three"]


def test_each_step_can_fail_and_says_so(account: Account) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
    wrong = {
        Step.RESOLVE: replace(account, host="nowhere.invalid"),
        Step.CONNECT: replace(account, port=closed),
        Step.PROTECT: replace(account, security=Security.STARTTLS),
        Step.SIGN_IN: replace(account, password="wrong"),
        Step.FOLDER: replace(account, folder="Nowhere"),
    }
    for step, tried in {step: check(given) for step, given in wrong.items()}.items():
        assert last(tried) == (step, False)
        assert tried.steps[-1].said
        assert tried.end is None


@pytest.fixture
def impostor(tmp_path: Path) -> Iterator[int]:
    """A server that speaks TLS with a certificate that nobody vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path, "localhost"))
    listening = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_serve, args=(listening, context), daemon=True).start()
    yield listening.getsockname()[1]
    listening.close()


def _serve(listening: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            wire, _ = listening.accept()
        except OSError:
            return
        try:
            with context.wrap_socket(wire, server_side=True) as spoken:
                spoken.sendall(b"* OK IMAP4rev1\r\n")
                spoken.recv(1000)
        except OSError:
            wire.close()


def test_a_server_that_cannot_prove_its_name_gets_no_password(impostor: int) -> None:
    account = Account(host="localhost", port=impostor, user="desk", password="secret")
    tried = check(account)
    assert last(tried) == (Step.PROTECT, False)
    assert "certificate verify failed" in tried.steps[-1].said
    with pytest.raises(Unreachable, match="certificate verify failed"):
        Folder(account)
