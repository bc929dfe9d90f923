"""A letter: all that a message to one person may say, as plain frozen values for a template."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads it, where and in what language."""

    name: str
    email: str
    zone: str
    language: str
    is_agent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that happened. `who` is None when time alone caused it; `text` is a public message, never a note."""

    kind: str
    at: datetime
    who: str | None
    text: str | None = None
    clock: str | None = None
    due_at: datetime | None = None
    clause: str | None = None
    is_withdrawn: bool = False
    """Of an exclusion: that it no longer holds."""
    level: int | None = None
    allowances: tuple[str, ...] = ()
    """Those that the ticket used up, or was opened beyond."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A running promise: what is due when."""

    clock: str
    target: str
    due_at: datetime | None
    is_binding: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Whom the plan names and who works now, with the title that it gives them."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """When a resolved ticket closes by itself; what is still owed may put it off, more words take it back."""

    at: datetime
    is_put_off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A ticket that the letter is about, with what happened and what is promised now."""

    ticket_id: int
    number: int
    subject: str
    status: str
    items: tuple[Item, ...]
    promises: tuple[Promise, ...]
    signed_by: Signature | None = None
    closing: Closing | None = None
    """Said to a customer once, with the news that the ticket is resolved."""
    rating_key: str | None = None
    """With it the requester says how the help was, without signing in; None where that is not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that is wrong with a mailbox; `detail` is a number, or what its server said."""

    mailbox_id: int
    mailbox: str
    kind: str
    detail: str
    since: datetime


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A file that the letter encloses; `place` is where the storage has it."""

    name: str
    media_type: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message to one person. Nobody can answer a summary, which is about many tickets, or one about troubles.

    `message_id` is the part before the @ and the same at every attempt.
    """

    delivery_id: int
    message_id: str
    attempt: int
    reader: Reader
    is_summary: bool
    about: tuple[About, ...]
    troubles: tuple[Trouble, ...] = ()
    files: tuple[LetterFile, ...] = ()
    left_out: tuple[str, ...] = ()
    """The names of files that are too large for a mail; they stand on the ticket's page."""
    reply_to: str | None = None
    """Where its reader, and nobody else, answers by mail."""
