"""Whether a machine wrote a mail, and what a delivery report says (RFC 3834, RFC 3464)."""

import re
from email.message import Message

from duly.channels.mail_in import headers
from duly.channels.mail_in.text import one_line
from duly.channels.mail_in.values import Automatic, Bounce

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_ENCLOSED = ("message/rfc822", "text/rfc822-headers")
_DAEMONS = re.compile(r"^(mailer-daemon|double-bounce)@", re.IGNORECASE)
"""Who writes reports; behind `postmaster` may sit a person."""


def automatic(message: Message, sender: str | None) -> Automatic | None:
    """Why this mail is a machine's, or None when a person may have written it."""
    is_nobodys = _is_nobodys(message, sender)
    if _is_report(message) or (is_nobodys and _encloses_a_mail(message)):
        return Automatic.BOUNCE
    submitted = re.split(r"[;\s(]", _value(message, "Auto-Submitted"), maxsplit=1)[0]
    if submitted == "auto-replied" or _is_vacation(message):
        return Automatic.REPLY
    suppressed = _value(message, "X-Auto-Response-Suppress") in ("all", "oof")
    if is_nobodys or suppressed or submitted not in ("", "no"):
        return Automatic.GENERATED
    if headers.raw(message, "List-Id") or _value(message, "Precedence") in ("bulk", "list", "junk"):
        return Automatic.LIST
    return None


def bounce(message: Message) -> Bounce:
    """Read the report: who was not reached, why, and which of our mails it was."""
    fields: dict[str, str] = {}
    about: str | None = None
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            fields.update(_status_fields(part))
        elif part.get_content_type() in _ENCLOSED:
            about = about or _original_id(part)
    status = _STATUS.search(fields.get("status", ""))
    recipient = fields.get("final-recipient", fields.get("original-recipient", ""))
    return Bounce(
        recipient=one_line(recipient.rpartition(";")[2], 320).lower() or None,
        status=status.group(1) if status else None,
        about=about,
        permanent=bool(status and status.group(1).startswith("5")),
    )


def _is_report(message: Message) -> bool:
    return (
        message.get_content_type() == "multipart/report"
        and str(message.get_param("report-type", "")).lower() == "delivery-status"
    )


def _is_nobodys(message: Message, sender: str | None) -> bool:
    """Whether it has the null sender, which reports and absence notes have and nobody may answer, or a daemon's."""
    returned = (value.strip() for value in headers.raw(message, "Return-Path"))
    return "<>" in returned or bool(sender and _DAEMONS.match(sender))


def _encloses_a_mail(message: Message) -> bool:
    """Whether it is about another mail, as the reports are that servers wrote before RFC 3464."""
    return any(part.get_content_type() in _ENCLOSED for part in message.walk())


def _is_vacation(message: Message) -> bool:
    return bool(
        headers.raw(message, "X-Autoreply")
        or headers.raw(message, "X-Autorespond")
        or _value(message, "Precedence") == "auto_reply"
    )


def _status_fields(part: Message) -> dict[str, str]:
    payload = part.get_payload() if part.is_multipart() else None
    blocks = payload if isinstance(payload, list) else []
    return {
        key.lower(): str(value)
        for block in blocks
        if isinstance(block, Message)
        for key, value in block.raw_items()
    }


def _original_id(part: Message) -> str | None:
    payload = part.get_payload() if part.is_multipart() else part.get_payload(decode=True)
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        return next(iter(headers.message_ids(payload[0], "Message-ID")), None)
    words = payload.decode("ascii", "replace") if isinstance(payload, bytes) else ""
    found = re.search(r"^message-id:\s*(<[^<>\s]+>)", words, re.IGNORECASE | re.MULTILINE)
    return next(iter(headers.message_ids_in(found.group(1))), None) if found else None


def _value(message: Message, name: str) -> str:
    return next(iter(headers.raw(message, name)), "").strip().lower()
