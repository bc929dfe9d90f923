"""A real IMAP server, and how to sign in to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from duly.channels.mail_in.imap import Account, Security
from tests.channels.mail_in.dovecot import Dovecot


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Dovecot]:
    dovecot = Dovecot(tmp_path)
    dovecot.start()
    yield dovecot
    dovecot.stop()


@pytest.fixture
def account(server: Dovecot) -> Account:
    return Account(
        host="127.0.0.1", port=server.port, user="desk", password="secret", security=Security.NONE
    )
