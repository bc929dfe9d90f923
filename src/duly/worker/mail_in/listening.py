"""Receive mails that a mail server hands us, at the address of the setting DULY_MAIL_LISTEN."""

import threading
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import close_old_connections

from duly.channels import wall_clock
from duly.channels.fault import fault_point
from duly.channels.mail_in.listener import Received, listener
from duly.desk.actions.mail.count import count_handed_over
from duly.desk.actions.mail.keep import keep
from duly.desk.mailroom.count import is_count_due
from duly.desk.mailroom.mailbox import Mailbox, MailboxKind
from duly.desk.mailroom.reply_address import without_secret

LOOK_SECONDS = 60.0


class _Acknowledged:
    """The mails whose servers were told that they are kept, by SHA-256, until they are counted."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._digests: dict[int, list[str]] = {}

    def add(self, mailbox_id: int, digest: str) -> None:
        with self._lock:
            self._digests.setdefault(mailbox_id, []).append(digest)

    def take(self, mailbox_id: int) -> list[str]:
        with self._lock:
            return self._digests.pop(mailbox_id, [])


_running: Controller | None = None
_acknowledged = _Acknowledged()


def step() -> float:
    """Listen, if the owner wants it; a port that is taken is tried again."""
    global _running  # noqa: PLW0603 - one listener a process
    if _running is None and settings.DULY_MAIL_LISTEN:
        where = urlsplit(settings.DULY_MAIL_LISTEN)
        started = listener(
            received,
            accepts=accepts,
            host=where.hostname or "127.0.0.1",
            port=where.port or 24,
            protocol="lmtp" if where.scheme == "lmtp" else "smtp",
        )
        started.start()
        _running = started
    if _running is not None:
        count(wall_clock.now())
    return LOOK_SECONDS


def accepts(recipient: str) -> bool:
    """Whether mail to this address is ours."""
    close_old_connections()
    return _mailboxes((recipient,)) != {}


def received(mail: Received) -> None:
    """Keep a mail once for each mailbox that it was sent to."""
    close_old_connections()
    fault_point("mail_in.received")
    mailboxes = _mailboxes(mail.recipients)
    for mailbox_id, recipients in mailboxes.items():
        keep(
            mailbox_id=mailbox_id,
            raw=mail.raw,
            envelope_sender=mail.sender,
            envelope_recipients=tuple(recipients),
            at=wall_clock.now(),
        )
    fault_point("mail_in.acknowledged")
    digest = sha256(mail.raw).hexdigest()
    for mailbox_id in mailboxes:
        _acknowledged.add(mailbox_id, digest)


def count(at: datetime) -> None:
    """Compare each hour what was acknowledged with what is kept."""
    active = Mailbox.objects.filter(kind=MailboxKind.LISTENER, is_active=True)
    for mailbox in active:
        if is_count_due(mailbox, at):
            count_handed_over(mailbox_id=mailbox.pk, digests=_acknowledged.take(mailbox.pk), at=at)


def _mailboxes(recipients: tuple[str, ...]) -> dict[int, list[str]]:
    """The recipients of each of our mailboxes."""
    found: dict[int, list[str]] = {}
    for recipient in recipients:
        address = without_secret(recipient.lower())
        mailbox = Mailbox.objects.filter(address=address, is_active=True).only("pk").first()
        if mailbox is not None:
            found.setdefault(mailbox.pk, []).append(recipient)
    return found
