"""One mail as we mean it, and as it travels."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from duly.channels.mail_out.failure import Undeliverable

_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
NOBODYS = (".example", ".invalid")
"""Where nobody can have an address (RFC 2606): those of the demonstration, which never writes to anybody."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes along."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail to one person.

    `message_id` (with its angle brackets) is made once and serves every attempt, so that a server which has taken
    the mail twice can tell. `sender` and `to` may carry a name: `Duly <desk@example.com>`.
    """

    sender: str
    to: str
    subject: str
    text: str
    message_id: str
    date: datetime
    html: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    enclosed: tuple[Enclosed, ...] = ()


def compose(mail: Mail) -> EmailMessage:
    """Write the mail as a message.

    Raises:
        Undeliverable: for good, when a header would hold a line break or an address is none.
    """
    message = EmailMessage(policy=SMTP)
    _put(message, "From", _address("From", mail.sender))
    _put(message, "To", _address("To", mail.to))
    _put(message, "Subject", mail.subject)
    _put(message, "Date", format_datetime(mail.date))
    _put(message, "Message-ID", mail.message_id)
    if mail.in_reply_to:
        _put(message, "In-Reply-To", mail.in_reply_to)
    if mail.references:
        _put(message, "References", " ".join(mail.references))
    for name, value in mail.headers.items():
        _put(message, name, value)
    message.set_content(mail.text)
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html")
    for file in mail.enclosed:
        kind, _slash, detail = _plain_type(file.media_type).partition("/")
        message.add_attachment(
            file.content, maintype=kind, subtype=detail, filename=" ".join(file.name.split())
        )
    return message


def _plain_type(media_type: str) -> str:
    """What claims to be a mail, or to have parts, goes as plain bytes: programs would read it as a part of ours."""
    known = _TYPE.fullmatch(media_type) and not media_type.startswith(("message/", "multipart/"))
    return media_type if known else "application/octet-stream"


def recipient_of(message: EmailMessage) -> str:
    """The address that a message goes to.

    Raises:
        Undeliverable: for good, when nobody can have that address.
    """
    recipient = parseaddr(str(message["To"]))[1]
    if recipient.lower().endswith(NOBODYS):
        raise Undeliverable(f"{recipient} is nobody's address: not sent", permanent=True)
    return recipient


def _put(message: EmailMessage, name: str, value: str | Address) -> None:
    # A line break would let whoever wrote the value add headers, or recipients, of their own.
    if any(sign in text for text in (name, str(value)) for sign in "\r\n\0"):
        raise Undeliverable(f"the header {name!r} holds a line break", permanent=True)
    message[name] = value


def _address(header: str, text: str) -> Address:
    if any(sign in text for sign in "\r\n\0"):
        raise Undeliverable(f"the header {header!r} holds a line break", permanent=True)
    name, address = parseaddr(text)
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or " " in address:
        raise Undeliverable(f"{text!r} is no mail address", permanent=True)
    return Address(name, local, domain)
