"""Which way mail leaves: read from one URL."""

from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from duly.channels.mail_out.sink import Sink
from duly.channels.mail_out.smtp import SmtpServer

PORTS = {"smtp": 587, "smtps": 465, "smtp+starttls": 587, "smtp+plain": 25}
STARTTLS = {"smtp+starttls": True, "smtp+plain": False}


class Route(Protocol):
    """Something that takes a message or says why not."""

    def send(self, message: EmailMessage) -> None:
        """Hand over one message.

        Raises:
            Undeliverable: it was not taken.
        """
        ...


def route(url: str) -> Route:
    """Read `smtp://user:password@host:587`, `smtps://host`, or `sink:FOLDER`.

    `smtp+starttls` refuses a server that offers no encryption; `smtp+plain` never asks for it.

    Raises:
        ValueError: it is none of these.
    """
    scheme, _, rest = url.partition(":")
    if scheme == "sink" and rest:
        return Sink(Path(rest))
    parts = urlsplit(url)
    if scheme not in PORTS or not parts.hostname:
        raise ValueError(
            "a mail URL looks like smtp://user:password@host:587, smtps://host or sink:FOLDER"
        )
    return SmtpServer(
        host=parts.hostname,
        port=parts.port or PORTS[scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls_first=scheme == "smtps",
        starttls=STARTTLS.get(scheme),
    )
