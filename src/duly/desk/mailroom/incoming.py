"""A mail as the desk takes it: plain values, made by those who read mails."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from duly.desk.tickets.attachment import NewFile

Sender: TypeAlias = Literal["passed", "failed", "none"]
"""Whether our receiving server vouches for the domain of the From."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What sorting needs to know of a mail, and what becomes of its words.

    `sender` is empty where there is none or more than one. `automatic` names the kind of machine that wrote it.
    """

    sender: str
    sender_name: str
    verdict: Sender
    recipients: tuple[str, ...]
    """Every address it was sent or delivered to, in lower case."""
    subject: str
    text: str
    html: str | None
    folded_from: int | None
    files: tuple[NewFile, ...]
    internet_id: str
    automatic: str | None
    bounced_id: str | None
    """For a delivery report: the Message-ID of ours that did not arrive."""
    bounced_address: str | None
    bounce_is_permanent: bool
    labels: frozenset[str]
