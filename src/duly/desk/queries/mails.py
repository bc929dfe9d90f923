"""Mails as those see them who review mail: what waits, what was refused, and one mail with its way through the desk."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BinaryField, F, Func, IntegerField, QuerySet, Value

from duly.desk.access.actor import Actor, actor_for
from duly.desk.access.mail import mails_visible_to
from duly.desk.access.tickets import visible_to
from duly.desk.errors import NotFound
from duly.desk.mailroom.raw_mail import Outcome, RawMail
from duly.desk.mailroom.reading import Reading, words_of
from duly.desk.mailroom.reply_address import found, secret_in
from duly.desk.mailroom.sorting import TAKEN_BACK
from duly.desk.people.person import Person, address
from duly.desk.queries.new_ticket import Cover, covers
from duly.desk.setup.audit import AuditEntry

SIZE = 50
RAW_CHARACTERS = 100_000
"""How much of the raw mail a page shows; the whole is a download."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A mail that waits, or that was refused."""

    id: int
    sender: str
    subject: str
    mailbox: str
    reason: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """The mails that wait, oldest first, or were refused, newest first; `more` says that there are others."""

    lines: tuple[Line, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file in a mail that waits: its name only, since nobody has accepted it."""

    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read in a mail that waits. `answers` is the ticket that it can be accepted for."""

    sender_name: str
    verdict: str
    recipients: tuple[str, ...]
    text: str
    files: tuple[Enclosed, ...]
    answers: int | None
    answers_as: str
    covers: tuple[Cover, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Something a person did about a mail."""

    act: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPage:
    """One mail. `read` is None when nobody has to decide, or when it could not be read."""

    id: int
    mailbox: str
    kind: str
    sender: str
    subject: str
    received_at: datetime
    bytes: int
    is_cut: bool
    envelope_sender: str
    envelope_recipients: tuple[str, ...]
    internet_id: str
    labels: tuple[str, ...]
    outcome: str
    reason: str
    decided_at: datetime | None
    decided_by: str
    ticket: int | None
    is_note: bool
    may_be_sorted_again: bool
    read: Read | None
    decisions: tuple[Decision, ...]
    raw: str


def held(actor: Actor) -> Listed:
    """Read the list of mails that wait. One statement."""
    rows = mails_visible_to(actor).filter(outcome=Outcome.HELD.value)
    return _listed(rows.order_by("received_at", "pk"))


def refused(actor: Actor, before: int | None = None) -> Listed:
    """Read the list of refused mails, from the one after `before` on. One statement."""
    rows = mails_visible_to(actor).filter(outcome=Outcome.REFUSED.value)
    older = rows if before is None else rows.filter(pk__lt=before)
    return _listed(older.order_by("-pk"))


def _listed(rows: QuerySet[RawMail]) -> Listed:
    found_rows = list(rows.select_related("mailbox").defer("raw")[: SIZE + 1])
    lines = tuple(
        Line(
            id=row.pk,
            sender=row.sender,
            subject=row.subject,
            mailbox=row.mailbox.address,
            reason=row.reason,
            received_at=row.received_at,
        )
        for row in found_rows[:SIZE]
    )
    return Listed(lines, len(found_rows) > SIZE)


def mail_page(actor: Actor, mail_id: int, at: datetime) -> MailPage:
    """Read one mail.

    Raises:
        NotFound: there is no such mail, or none for this actor.
    """
    start = Func(
        F("raw"), Value(1), Value(RAW_CHARACTERS), function="substr", output_field=BinaryField()
    )
    size = Func(F("raw"), function="octet_length", output_field=IntegerField())
    rows = mails_visible_to(actor).select_related("mailbox", "ticket", "decided_by", "reading")
    row = rows.defer("raw").annotate(start=start, size=size).filter(pk=mail_id).first()
    if row is None:
        raise NotFound
    waits = row.outcome == Outcome.HELD
    reading: Reading | None = getattr(row, "reading", None)
    return MailPage(
        id=row.pk,
        mailbox=row.mailbox.address,
        kind=row.mailbox.kind,
        sender=row.sender,
        subject=row.subject,
        received_at=row.received_at,
        bytes=row.size,
        is_cut=row.is_cut,
        envelope_sender=row.envelope_sender,
        envelope_recipients=tuple(row.envelope_recipients),
        internet_id=row.internet_id,
        labels=tuple(row.labels),
        outcome=row.outcome or "",
        reason=row.reason,
        decided_at=row.decided_at,
        decided_by=str(row.decided_by) if row.decided_by else "",
        ticket=row.ticket.number if row.ticket else None,
        is_note=row.note_id is not None,
        may_be_sorted_again=waits or row.reason in TAKEN_BACK,
        read=_read(actor, reading, at) if reading and waits else None,
        decisions=_decisions(row),
        raw=bytes(row.start).decode("utf-8", "replace").replace("\x00", "�"),
    )


def raw_mail(actor: Actor, mail_id: int) -> bytes:
    """The mail byte for byte.

    Raises:
        NotFound: there is no such mail, or none for this actor.
    """
    row = mails_visible_to(actor).only("raw").filter(pk=mail_id).first()
    if row is None:
        raise NotFound
    return bytes(row.raw)


def _read(actor: Actor, reading: Reading, at: datetime) -> Read:
    mail = words_of(reading)
    secrets = filter(None, map(secret_in, mail.recipients))
    reply_address = next(filter(None, map(found, secrets)), None)
    if reply_address is not None and (
        reply_address.revoked_at is not None
        or not visible_to(actor).filter(pk=reply_address.ticket_id).exists()
    ):
        reply_address = None
    sender = Person.objects.filter(email=address(mail.sender), is_active=True).first()
    return Read(
        sender_name=mail.sender_name,
        verdict=mail.verdict,
        recipients=mail.recipients,
        text=mail.text,
        files=tuple(Enclosed(file["name"], file["size"]) for file in reading.plain["files"]),
        answers=reply_address.ticket.number if reply_address else None,
        answers_as=str(reply_address.person) if reply_address else "",
        covers=covers(actor_for(sender, via="mail"), at) if sender else (),
    )


def _decisions(row: RawMail) -> tuple[Decision, ...]:
    entries = AuditEntry.objects.filter(subject_kind="rawmail", subject_id=row.pk)
    return tuple(
        Decision(entry.act, str(entry.person or ""), entry.at)
        for entry in entries.select_related("person").order_by("at", "pk")
    )
