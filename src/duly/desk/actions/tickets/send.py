"""Send a reply that its author may still take back: it leaves, and counts, when the time for that is over."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from duly.core.clock.values import State
from duly.desk.access.actor import Actor, actor_for
from duly.desk.access.tickets import may_reply, side_of
from duly.desk.actions._record import LockedTicket, locked
from duly.desk.actions.people.undo_time import undo_seconds
from duly.desk.actions.tickets._attach import sound_files
from duly.desk.actions.tickets._sendable import Then, must_be_sendable
from duly.desk.actions.tickets._take import take
from duly.desk.actions.tickets.draft import drafted_files, drop_draft, keep_draft
from duly.desk.actions.tickets.reply import reply
from duly.desk.clocks.clock import Clock
from duly.desk.errors import DeskError, NotPossible, Overtaken
from duly.desk.people.person import Person
from duly.desk.tickets.attachment import NewFile, set_aside, taken_up
from duly.desk.tickets.draft import DraftOf
from duly.desk.tickets.message import Message
from duly.desk.tickets.pending_reply import PendingReply
from duly.desk.tickets.words import body

CLOSE = timedelta(seconds=5)
"""A promise that falls due so soon after a reply would leave is not put at risk by waiting."""


@transaction.atomic
def send(
    *,
    actor: Actor,
    ticket_id: int,
    text: str,
    at: datetime,
    then: Then | None = None,
    seen: int | None = None,
    files: Sequence[NewFile] = (),
    kept: Collection[str] = (),
    key: str | None = None,
) -> Message | PendingReply:
    """Send a reply as `reply` does, once the time is over in which its author may take it back.

    Beside `files` those leave that are `kept` with the draft of it.

    Until then it is in no history, meets no promise, and nobody but its author reads it. It leaves at once where a
    promise would fall due meanwhile. A second one lets the first leave at once.

    Raises:
        NotFound, NotAllowed, NotPossible, Overtaken, Invalid: as `reply`; also Overtaken while another agent's leaves.
    """
    ticket = take(ticket_id, actor, may_reply, to=_("reply to this ticket"))
    on_their_way = list(PendingReply.objects.filter(ticket=ticket).select_related("person"))
    for row in on_their_way:
        if row.person_id != actor.person_id:
            _must_have_stopped(row, ticket)
        elif key is not None and row.key == key and row.leaves_at is not None:
            return row
        else:
            _leave(row, at)
            ticket = take(ticket_id, actor, may_reply, to=_("reply to this ticket"))
    person = Person.objects.get(pk=actor.speaker_id)
    leaves_at = at + timedelta(seconds=undo_seconds(person))
    is_sent = _is_sent(actor, key)
    if not is_sent:
        files = [*files, *drafted_files(actor, ticket_id, DraftOf.REPLY, kept)]
    if is_sent or leaves_at == at or _cannot_wait(ticket, actor, at, leaves_at):
        return reply(
            actor=actor,
            ticket_id=ticket_id,
            text=text,
            at=at,
            then=then,
            seen=seen,
            files=files,
            key=key,
        )
    must_be_sendable(ticket, actor, then=then, seen=seen)
    row = PendingReply.objects.create(
        ticket=ticket,
        person_id=actor.speaker_id,
        text=body(text),
        files=set_aside(sound_files(files)),
        then=then or "",
        key=key,
        leaves_at=leaves_at,
    )
    drop_draft(actor, ticket.pk, DraftOf.REPLY)
    return row


@transaction.atomic
def take_back(*, actor: Actor, ticket_id: int, at: datetime) -> None:
    """Take a reply back that has not left: its text is a draft again, and its files are kept with that.

    Raises:
        NotFound, NotAllowed: the actor may not reply here.
        NotPossible: it has left.
    """
    ticket = take(ticket_id, actor, may_reply, to=_("reply to this ticket"))
    own = PendingReply.objects.filter(ticket=ticket, person=actor.person_id)
    row = own.filter(leaves_at__isnull=False).first()
    if row is None:
        raise NotPossible(_("It has left already: the customer can read it."))
    keep_draft(row.person_id, ticket.pk, DraftOf.REPLY, row.text, at, files=row.files)
    row.delete()


def let_leave(*, at: datetime, limit: int = 100) -> int:
    """Let the replies leave whose time has come; give how many there were. Several workers at once let each leave once.

    One that cannot leave any more becomes its author's draft again, with the reason.
    """
    due = PendingReply.objects.filter(leaves_at__lte=at).order_by("leaves_at", "pk")
    found = list(due.values_list("pk", "ticket_id")[:limit])
    for pk, ticket_id in found:
        with transaction.atomic():
            locked(ticket_id)
            rows = PendingReply.objects.filter(pk=pk, leaves_at__lte=at)
            for row in rows.select_related("person"):
                _try_to_leave(row, at)
    return len(found)


def next_leave() -> datetime | None:
    """When the next reply leaves."""
    waiting = PendingReply.objects.filter(leaves_at__isnull=False).order_by("leaves_at")
    return waiting.values_list("leaves_at", flat=True).first()


def _try_to_leave(row: PendingReply, at: datetime) -> None:
    try:
        with transaction.atomic(), translation.override(row.person.language):
            _leave(row, at)
    except DeskError as problem:
        keep_draft(row.person_id, row.ticket_id, DraftOf.REPLY, row.text, at, files=row.files)
        row.leaves_at, row.problem, row.files = None, str(problem), []
        row.save(update_fields=["leaves_at", "problem", "files"])


def _leave(row: PendingReply, at: datetime) -> None:
    """Reply in the author's name, with the rights they have now; one that had stopped is only forgotten."""
    if row.leaves_at is not None:
        actor = actor_for(row.person, via="web")
        then: Then | None = "wait" if row.then == "wait" else "resolve" if row.then else None
        reply(
            actor=actor,
            ticket_id=row.ticket_id,
            text=row.text,
            at=at,
            then=then,
            files=taken_up(row.files),
            key=row.key,
        )
    PendingReply.objects.filter(pk=row.pk).delete()


def _must_have_stopped(row: PendingReply, ticket: LockedTicket) -> None:
    if row.leaves_at is not None:
        raise Overtaken(
            _("%(who)s is sending a reply just now. Your text is kept: read theirs first.")
            % {"who": row.person},
            sequence=ticket.sequence,
        )


def _cannot_wait(ticket: LockedTicket, actor: Actor, at: datetime, leaves_at: datetime) -> bool:
    """Whether it is a customer's, or a promise falls due before it would have left."""
    running = Clock.objects.filter(ticket=ticket, state=State.RUNNING.value)
    due = running.filter(due_at__gte=at.replace(microsecond=0), due_at__lt=leaves_at + CLOSE)
    return side_of(actor, ticket) == "customer" or due.exists()


def _is_sent(actor: Actor, key: str | None) -> bool:
    return key is not None and Message.objects.filter(author=actor.speaker_id, key=key).exists()
