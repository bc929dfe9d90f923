"""Take mails from a mail server over SMTP or LMTP; 250 is said only when a mail is kept for good."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from duly.channels.mail_in import limits
from duly.channels.mail_in.quota import Quota

log = logging.getLogger(__name__)

IDLE_SECONDS = 120
LINE_BYTES = 1024 * 1024
"""More than RFC 5321 allows: some programs write their HTML in one line, and refusing it would lose their mail."""


@dataclass(frozen=True, slots=True)
class Received:
    """A mail and its envelope: what the servers said to each other, which is not what the headers say."""

    raw: bytes
    sender: str
    """Empty for the null sender, which nobody may answer."""
    recipients: tuple[str, ...]
    peer: str


Accepts = Callable[[str], bool]
"""Whether mail to an address is ours."""
Keep = Callable[[Received], None]
"""Keeps a mail durably and returns; whatever it raises, the mail is not acknowledged."""


def listener(
    keep: Keep,
    *,
    accepts: Accepts,
    host: str,
    port: int,
    protocol: Literal["smtp", "lmtp"] = "lmtp",
) -> Controller:
    """A listener that runs in a thread of its own: `start` binds the address, `stop` ends it."""
    return _Listener(_Handler(keep, accepts), hostname=host, port=port, speaks=protocol)


class _Smtp(SMTP):
    line_length_limit = LINE_BYTES


class _Lmtp(LMTP):
    line_length_limit = LINE_BYTES


class _Listener(Controller):
    def __init__(self, handler: object, *, hostname: str, port: int, speaks: str) -> None:
        super().__init__(handler, hostname=hostname, port=port)
        self._speaks = _Lmtp if speaks == "lmtp" else _Smtp

    def factory(self) -> SMTP:
        return self._speaks(
            self.handler,
            ident="Duly",
            data_size_limit=limits.BYTES,
            enable_SMTPUTF8=True,
            timeout=IDLE_SECONDS,
        )


class _Handler:
    # The names and arguments are aiosmtpd's.
    def __init__(self, keep: Keep, accepts: Accepts) -> None:
        self._keep = keep
        self._accepts = accepts
        self._quota = Quota()

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= limits.RECIPIENTS:
            return "452 4.5.3 too many recipients"
        if not await asyncio.to_thread(self._accepts, address):
            return "550 5.1.1 nobody here by that name"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 ok"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = await self._answer(session, envelope)
        # LMTP answers for each recipient apart (RFC 2033, section 4.2); ours share one fate.
        answers = len(envelope.rcpt_tos) if isinstance(server, LMTP) else 1
        return "\r\n".join([answer] * answers)

    async def _answer(self, session: Session, envelope: Envelope) -> str:
        received = Received(
            raw=envelope.original_content or b"",
            sender=envelope.mail_from or "",
            recipients=tuple(envelope.rcpt_tos),
            peer=str(session.peer),
        )
        # The null sender is everybody's: bounces are refused by what they are, not by how many.
        if received.sender and not self._quota.takes(received.sender.lower(), len(received.raw)):
            return "452 4.7.1 too much from this sender within an hour, please try again later"
        try:
            await asyncio.to_thread(self._keep, received)
        except Exception:
            log.exception(
                "a mail from %s could not be kept; its server will try again", received.peer
            )
            return "451 4.3.0 could not keep this mail, please try again"
        return "250 2.0.0 kept"
