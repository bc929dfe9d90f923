"""Handing mail to an SMTP server."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage

from duly.channels.mail_out.failure import Undeliverable
from duly.channels.mail_out.heard import Heard, HeardTls, Hears
from duly.channels.mail_out.message import recipient_of

TIMEOUT_SECONDS = 30.0
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A server that takes our mail.

    `tls_first` is `smtps`. Otherwise `starttls` says whether STARTTLS is required or left; None uses it when it is
    offered, and requires it before a password is said to another machine.
    """

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls_first: bool = False
    starttls: bool | None = None
    hears: Hears | None = None
    """Who is told what both sides say."""

    def send(self, message: EmailMessage) -> None:
        """Hand over one message.

        Raises:
            Undeliverable: it was not taken, or nobody can say.
        """
        recipient = recipient_of(message)
        try:
            server = self._connect()
            try:
                self._introduce(server)
                server.send_message(message, to_addrs=[recipient])
            finally:
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = refused.recipients[recipient]
            raise _refused(code, said, of_address=True) from refused
        except smtplib.SMTPAuthenticationError as refused:
            # Our password is wrong, not the mail: it waits until somebody has put that right.
            raise Undeliverable(
                f"sign-in refused: {_text(refused.smtp_error)}", permanent=False
            ) from refused
        except smtplib.SMTPNotSupportedError as refused:
            raise Undeliverable(
                f"the server cannot carry it: {refused}", permanent=True
            ) from refused
        except smtplib.SMTPResponseException as refused:
            raise _refused(refused.smtp_code, refused.smtp_error) from refused
        except ssl.SSLCertVerificationError as unproven:
            raise Undeliverable(
                f"{self.host} cannot prove its name, so nothing was said to it: {unproven.verify_message}",
                permanent=False,
            ) from unproven
        except (smtplib.SMTPException, OSError) as trouble:
            raise Undeliverable(f"{self.host}:{self.port}: {trouble}", permanent=False) from trouble

    def _connect(self) -> smtplib.SMTP:
        hears = self.hears or _nobody
        if self.tls_first:
            context = ssl.create_default_context()
            return HeardTls(hears, self.host, self.port, timeout=TIMEOUT_SECONDS, context=context)
        return Heard(hears, self.host, self.port, timeout=TIMEOUT_SECONDS)

    def _introduce(self, server: smtplib.SMTP) -> None:
        server.ehlo()
        if not self.tls_first:
            self._protect(server)
        if self.user:
            server.login(self.user, self.password)

    def _protect(self, server: smtplib.SMTP) -> None:
        if self.starttls is not False and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        elif self.starttls:
            raise Undeliverable(
                f"{self.host} offers no encryption (STARTTLS), and it is required", permanent=False
            )
        elif self.user and self.host not in LOOPBACK:
            raise Undeliverable(
                f"{self.host} offers no encryption, and the password is not said in the clear",
                permanent=False,
            )


def _nobody(_line: str) -> None:
    pass


def _refused(code: int, said: bytes | str, *, of_address: bool = False) -> Undeliverable:
    is_permanent = code >= 500  # RFC 5321, section 4.2.1
    return Undeliverable(f"{code} {_text(said)}", permanent=is_permanent, of_address=of_address)


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
