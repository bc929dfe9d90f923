"""What was read in a mail: plain values, nothing that still has to be decoded."""

from dataclasses import dataclass, field
from enum import StrEnum

from duly.core.instant import Instant


class Label(StrEnum):
    """Something a person who reviews the mail should know. Most labels say that a part was read with best effort."""

    BROKEN_HEADER = "broken_header"
    BROKEN_STRUCTURE = "broken_structure"
    UNKNOWN_CHARSET = "unknown_charset"
    WRONG_CHARSET = "wrong_charset"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_DEEP = "too_deep"
    TOO_LARGE = "too_large"
    NO_SENDER = "no_sender"
    SEVERAL_SENDERS = "several_senders"
    AMBIGUOUS_SENDER = "ambiguous_sender"
    SIGNED = "signed"
    ENCRYPTED = "encrypted"
    BROKEN_TNEF = "broken_tnef"
    UNREADABLE = "unreadable"
    NOT_FOLDED = "not_folded"


class Automatic(StrEnum):
    """Why a mail is taken as written by a machine. It never counts as an answer and is never answered by one."""

    BOUNCE = "bounce"
    REPLY = "auto_reply"
    GENERATED = "auto_generated"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address as `local@domain` with the domain in lower case, and the name shown beside it."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Bounce:
    """A delivery report: for whom, with which status (RFC 3463), about which of our Message-IDs."""

    recipient: str | None
    status: str | None
    about: str | None
    permanent: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A file that came with the mail. `media_type` is told by its bytes, `declared` by the sender."""

    name: str
    media_type: str
    declared: str
    content: bytes
    sha256: str
    content_id: str | None = None
    inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail as read. Text has no NUL and only `\\n` as line end; HTML is as sent and must be sanitised to be shown."""

    message_id: str | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    senders: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    delivered_to: tuple[str, ...]
    subject: str
    sent_at: Instant | None
    """What the sender's clock said. Promises count from receipt, never from this."""
    verdicts: tuple[str, ...]
    """The Authentication-Results headers, topmost first; only the receiving server's own may be believed."""
    text: str
    html: str | None
    parts: tuple[Part, ...]
    automatic: Automatic | None
    bounce: Bounce | None
    labels: frozenset[Label] = field(default_factory=frozenset)
    folded_from: int | None = None
    """The line of `text` from which on the mail repeats earlier mails; None when nothing does."""
    signature_from: int | None = None
    """The line of `text` at which the signature starts."""
