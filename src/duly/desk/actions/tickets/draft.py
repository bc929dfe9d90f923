"""Keep what somebody has begun to write, and drop it once it was sent."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.require import require
from duly.desk.access.tickets import may_note, may_reply, may_see
from duly.desk.actions.tickets._attach import must_be_few, sound_files
from duly.desk.errors import Invalid, NotFound
from duly.desk.tickets.attachment import NewFile, set_aside, taken_up
from duly.desk.tickets.draft import Draft, DraftOf
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.words import body

_MAY = {DraftOf.REPLY: may_reply, DraftOf.NOTE: may_note}


@transaction.atomic
def save_draft(
    *,
    actor: Actor,
    ticket_id: int,
    of: DraftOf,
    text: str,
    at: datetime,
    files: Sequence[NewFile] = (),
) -> None:
    """Save an unfinished text in place of the one before, and files beside those before.

    Nothing but white space drops it, unless files are kept with it.

    A draft is the writer's own: it is no event, and the ticket is not locked for it.

    Raises:
        NotFound, NotAllowed: the actor may not write that here.
        Invalid: it is too long, or its files are too many or too large.
    """
    ticket = Ticket.objects.filter(pk=ticket_id).first()
    if ticket is None or actor.person_id is None:
        raise NotFound
    require(_MAY[of](actor, ticket), sees=may_see(actor, ticket), to=_("write on this ticket"))
    if text.strip() or files:
        said = body(text) if text.strip() else ""
        aside = set_aside(sound_files(files))
        row = keep_draft(actor.person_id, ticket_id, of, said, at, files=aside)
        must_be_few([file["size"] for file in row.files])
        return
    kept = Draft.objects.filter(ticket=ticket_id, person=actor.person_id, of=of.value)
    kept.filter(files=[]).delete()
    kept.update(text="", saved_at=at)


def keep_draft(
    person_id: int,
    ticket_id: int,
    of: DraftOf,
    text: str,
    at: datetime,
    *,
    files: Sequence[Mapping[str, Any]] = (),
) -> Draft:
    """Write the row of a draft, in place of the one before, and add files that were set aside."""
    row, _is_new = Draft.objects.update_or_create(
        ticket_id=ticket_id,
        person_id=person_id,
        of=of.value,
        defaults={"text": text, "saved_at": at},
    )
    if files:
        row.files = [*row.files, *files]
        row.save(update_fields=["files"])
    return row


def drafted_files(
    actor: Actor, ticket_id: int, of: DraftOf, kept: Collection[str]
) -> tuple[NewFile, ...]:
    """Give those files of a draft, by their SHA-256, that are to be sent. No statement where none is.

    Raises:
        Invalid: one is not there any more.
        NotPossible: one is missing from the storage.
    """
    if not kept:
        return ()
    rows = Draft.objects.filter(ticket=ticket_id, person=actor.person_id, of=of.value)
    known = {file["content"]: file for row in rows for file in row.files}
    if not set(kept) <= known.keys():
        raise Invalid(
            _("A file of your draft is not there any more. Nothing was sent: choose it again."),
            field="files",
        )
    return taken_up(known[key] for key in dict.fromkeys(kept))


def drop_draft(actor: Actor, ticket_id: int, of: DraftOf) -> None:
    """Forget a draft, because it was sent or emptied."""
    Draft.objects.filter(ticket=ticket_id, person=actor.person_id, of=of.value).delete()
