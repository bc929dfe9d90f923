"""A real IMAP server, and how to sign in to it."""

from collections.abc import Iterator

import pytest

from duly.channels.mail_in.imap import Account, Security
from tests.channels.mail_in.dovecot import Dovecot


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with Dovecot() as dovecot:
        yield dovecot


@pytest.fixture
def account(server: Dovecot) -> Account:
    return Account(
        host="127.0.0.1", port=server.port, user="desk", password="secret", security=Security.NONE
    )
