"""Reply in public, as agent or as customer, and say what follows from it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.events import By, Reopened, Replied, WaitingBegan
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_reply, side_of
from duly.desk.actions._record import LockedTicket, record
from duly.desk.actions.tickets._attach import attach, sound_files
from duly.desk.actions.tickets._closing import resolving
from duly.desk.actions.tickets._sendable import Then, must_be_sendable
from duly.desk.actions.tickets._take import take
from duly.desk.actions.tickets.draft import drop_draft
from duly.desk.tickets.attachment import NewFile
from duly.desk.tickets.draft import DraftOf
from duly.desk.tickets.happening import Happening, happening
from duly.desk.tickets.message import Message
from duly.desk.tickets.ticket import Status
from duly.desk.tickets.words import body


@transaction.atomic
def reply(
    *,
    actor: Actor,
    ticket_id: int,
    text: str,
    at: datetime,
    then: Then | None = None,
    via: str | None = None,
    is_automatic: bool = False,
    seen: int | None = None,
    files: Sequence[NewFile] = (),
    message: Message | None = None,
    key: str | None = None,
) -> Message:
    """Add a public message. The customer's reply ends waiting for them and reopens what was resolved.

    `via` says how an agent spoke if not here, e.g. ``phone``. What a machine wrote in somebody's name is
    `is_automatic`: it answers nothing and moves nothing. `seen` is the ticket's sequence number that
    the actor looked at. `message` is the row to write the text into, where a mail has more than text. The same `key`
    from the same author gives the message that was written first.

    Raises:
        NotFound, NotAllowed: the actor may not.
        NotPossible: the ticket is closed.
        Overtaken: somebody else did something since `seen`.
        Invalid: the text is empty or too long, or the files are too many or too large.
    """
    ticket = take(ticket_id, actor, may_reply, to=_("reply to this ticket"))
    if key is not None:
        written = Message.objects.filter(author=actor.speaker_id, key=key).first()
        if written is not None:
            return written
    must_be_sendable(ticket, actor, then=then, seen=seen)
    by: By = "automatic" if is_automatic else side_of(actor, ticket)
    written = add_message(ticket, actor, text, by=by, at=at, key=key, row=message)
    attach(written, sound_files(files), at)
    second = instant.from_datetime(at)
    replied = happening(Replied(at=second, by=by, via=via), message=written.pk)
    happenings = [*_reopening(ticket, by, second), replied, *_following(then, at)]
    record(ticket, *happenings, actor=actor, at=at)
    if actor.via != "mail":
        drop_draft(actor, ticket.pk, DraftOf.REPLY)  # a mail was not written on the page
    return written


def add_message(
    ticket: LockedTicket,
    actor: Actor,
    text: str,
    *,
    by: By,
    at: datetime,
    key: str | None,
    row: Message | None = None,
) -> Message:
    """Write the row of a public message; what it means for the ticket goes through the door."""
    row = row or Message()
    row.ticket, row.author_id, row.is_from_agent = ticket, actor.speaker_id, by == "agent"
    row.text, row.written_at, row.key = body(text), at, key
    row.save(force_insert=True)
    return row


def _reopening(ticket: LockedTicket, by: By, second: int) -> list[Happening]:
    if by == "customer" and ticket.status == Status.RESOLVED:
        return [happening(Reopened(at=second, by=by))]
    return []


def _following(then: Then | None, at: datetime) -> list[Happening]:
    if then == "wait":
        return [happening(WaitingBegan(at=instant.from_datetime(at), on="customer"))]
    if then == "resolve":
        return [resolving("agent", at)]
    return []
