"""Receive mails that a mail server hands us, at the address of the setting DULY_MAIL_LISTEN."""

from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import close_old_connections

from duly.channels import wall_clock
from duly.channels.fault import fault_point
from duly.channels.mail_in.listener import Received, listener
from duly.desk.actions.mail.keep import keep
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.reply_address import without_secret

LOOK_SECONDS = 60.0

_running: Controller | None = None


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
    return LOOK_SECONDS


def accepts(recipient: str) -> bool:
    """Whether mail to this address is ours."""
    close_old_connections()
    return _mailboxes((recipient,)) != {}


def received(mail: Received) -> None:
    """Keep a mail once for each mailbox that it was sent to."""
    close_old_connections()
    fault_point("mail_in.received")
    for mailbox_id, recipients in _mailboxes(mail.recipients).items():
        keep(
            mailbox_id=mailbox_id,
            raw=mail.raw,
            envelope_sender=mail.sender,
            envelope_recipients=tuple(recipients),
            at=wall_clock.now(),
        )
    fault_point("mail_in.acknowledged")


def _mailboxes(recipients: tuple[str, ...]) -> dict[int, list[str]]:
    """The recipients of each of our mailboxes."""
    found: dict[int, list[str]] = {}
    for recipient in recipients:
        address = without_secret(recipient.lower())
        mailbox = Mailbox.objects.filter(address=address, is_active=True).only("pk").first()
        if mailbox is not None:
            found.setdefault(mailbox.pk, []).append(recipient)
    return found
