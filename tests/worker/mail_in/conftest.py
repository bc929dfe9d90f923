"""A real IMAP server and a mailbox that is fetched from it."""

from collections.abc import Iterator

import pytest

from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.setup.sealing import seal
from tests.channels.mail_in.dovecot import Dovecot


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server


def imap_mailbox(server: Dovecot, afterwards: str = "move") -> Mailbox:
    return Mailbox.objects.create(
        address="desk@desk.example",
        name="Support",
        kind="imap",
        host="127.0.0.1",
        port=server.port,
        user="desk",
        secret=seal("secret"),
        security="none",
        afterwards=afterwards,
        verdict_server="mx.desk.example",
    )
