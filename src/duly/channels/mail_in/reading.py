"""Read a mail: any bytes in, one plain value out."""

import email
import email.policy
from dataclasses import replace
from email.message import Message

from duly.channels.mail_in import headers, kinds, limits, plain
from duly.channels.mail_in.structure import content
from duly.channels.mail_in.text import one_line
from duly.channels.mail_in.values import Address, Automatic, Label, Mail

_HEAD_ENDS = (b"\r\n\r\n", b"\n\n")


def read(raw: bytes) -> Mail:
    """Read as much as can be read; what could not is named in `labels`."""
    labels: set[Label] = set()
    head = _head_length(raw)
    if head > limits.HEADER_BYTES:
        labels.add(Label.TOO_LARGE)
        raw = raw[: limits.HEADER_BYTES].rpartition(b"\n")[0] + b"\n\n" + raw[head:]
    if len(raw) > limits.BYTES:
        labels.add(Label.TOO_LARGE)
        raw = raw[:head]
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    mail = _with_content(_head(message), message)
    return replace(mail, labels=mail.labels | labels)


def _head_length(raw: bytes) -> int:
    ends = [at for at in (raw.find(end) for end in _HEAD_ENDS) if at >= 0]
    return min(ends, default=len(raw))


def _head(message: Message) -> Mail:
    subject, labels = headers.text(message, "Subject")
    senders, trouble = headers.addresses(message, "From")
    sender = senders[0].address if len(senders) == 1 else None
    automatic = kinds.automatic(message, sender)
    return Mail(
        message_id=next(iter(headers.message_ids(message, "Message-ID")), None),
        in_reply_to=headers.message_ids(message, "In-Reply-To"),
        references=headers.message_ids(message, "References"),
        senders=senders,
        reply_to=headers.addresses(message, "Reply-To")[0],
        to=headers.addresses(message, "To")[0],
        cc=headers.addresses(message, "Cc")[0],
        delivered_to=_delivered_to(message),
        subject=one_line(subject, limits.SUBJECT_CHARACTERS),
        sent_at=headers.sent_at(message),
        verdicts=tuple(one_line(v, 4000) for v in headers.raw(message, "Authentication-Results")),
        text="",
        html=None,
        parts=(),
        automatic=automatic,
        bounce=kinds.bounce(message) if automatic is Automatic.BOUNCE else None,
        labels=frozenset(labels | trouble | _sender_labels(message, senders)),
    )


def _sender_labels(message: Message, senders: tuple[Address, ...]) -> set[Label]:
    if len(senders) > 1 or len(headers.raw(message, "From")) > 1:
        return {Label.SEVERAL_SENDERS}
    return set() if senders else {Label.NO_SENDER}


def _delivered_to(message: Message) -> tuple[str, ...]:
    names = ("Delivered-To", "X-Original-To", "Envelope-To")
    return tuple(one.address for name in names for one in headers.addresses(message, name)[0])


def _with_content(mail: Mail, message: Message) -> Mail:
    found = content(message)
    html = "\n<hr>\n".join(found.htmls) or None
    text = "\n".join(found.texts)
    if not text.strip() and html:
        text = plain.from_html(html)
    return replace(
        mail,
        text=text.strip("\n"),
        html=html,
        parts=tuple(found.parts),
        labels=mail.labels | found.labels,
    )
