"""Leave an internal note, which no customer sees and no clock reads."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.events import Noted
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import agents_who_see, may_note
from duly.desk.actions._record import LockedTicket, record
from duly.desk.actions.tickets._attach import attach, sound_files
from duly.desk.actions.tickets._take import take
from duly.desk.actions.tickets.draft import drafted_files, drop_draft
from duly.desk.tickets.attachment import NewFile
from duly.desk.tickets.draft import DraftOf
from duly.desk.tickets.happening import happening
from duly.desk.tickets.mentions import MENTIONED, may_mention, mentioned
from duly.desk.tickets.message import Note
from duly.desk.tickets.tag import Follower
from duly.desk.tickets.words import body


@transaction.atomic
def note(
    *,
    actor: Actor,
    ticket_id: int,
    text: str,
    at: datetime,
    files: Sequence[NewFile] = (),
    kept: Collection[str] = (),
    key: str | None = None,
) -> Note:
    """Add a note, on a closed ticket too, with files and those that are `kept` with the draft of it.

    Agents who are mentioned in it, as `@Name`, follow the ticket from then on and are told once.

    The same `key` from the same author gives the note written first.

    Raises:
        NotFound, NotAllowed: the actor may not.
        Invalid: the text is empty or too long, or the files are too many or too large.
    """
    ticket = take(ticket_id, actor, may_note, to=_("leave notes on this ticket"))
    if key is not None:
        written = Note.objects.filter(author=actor.speaker_id, key=key).first()
        if written is not None:
            return written
    row = Note.objects.create(
        ticket=ticket, author_id=actor.speaker_id, text=body(text), written_at=at, key=key
    )
    attach(row, sound_files([*files, *drafted_files(actor, ticket_id, DraftOf.NOTE, kept)]), at)
    noted = Noted(at=instant.from_datetime(at))
    record(ticket, happening(noted, note=row.pk, **_mentioning(ticket, row)), actor=actor, at=at)
    if actor.via != "mail":
        drop_draft(actor, ticket.pk, DraftOf.NOTE)  # a mail was not written on the page
    return row


def _mentioning(ticket: LockedTicket, row: Note) -> dict[str, list[int]]:
    """Let those whom a note mentions follow its ticket, and name them in its event. No statement without an `@`."""
    if not may_mention(row.text):
        return {}
    called = [(person.pk, str(person)) for person in agents_who_see(ticket)]
    people = sorted(mentioned(row.text, called) - {row.author_id})
    if not people:
        return {}
    followers = [Follower(ticket=ticket, person_id=person) for person in people]
    Follower.objects.bulk_create(followers, ignore_conflicts=True)
    return {MENTIONED: people}
