"""Files that came with words: listed on the ticket, one of them for a download, pictures for the mail they are in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from duly.desk.access.actor import Actor
from duly.desk.access.attachments import may_get
from duly.desk.access.tickets import may_see
from duly.desk.errors import NotFound
from duly.desk.tickets.attachment import Attachment
from duly.desk.tickets.message import Message

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What is shown, as its bytes tell; SVG is a program, and everything else is for the reader's own machine."""
BIGGEST_PICTURE = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file by the name its sender gave it; `place` is where the storage has it."""

    id: int
    name: str
    size: int
    media_type: str
    place: str

    @property
    def is_picture(self) -> bool:
        """Whether a browser may show it."""
        return self.media_type in PICTURES and self.size <= BIGGEST_PICTURE


@dataclass(frozen=True, slots=True)
class Original:
    """A mail as it was sent, made harmless when it came; `pictures` are its own files by Content-ID."""

    html: str
    pictures: Mapping[str, int]


def files_of(ticket_id: int, *, internal: bool) -> Mapping[str, tuple[File, ...]]:
    """The files of a ticket by the key of their entry, e.g. ``m7``; those of notes only with `internal`."""
    shown = Q(message__ticket=ticket_id)
    if internal:
        shown |= Q(note__ticket=ticket_id)
    found: dict[str, tuple[File, ...]] = {}
    for row in Attachment.objects.filter(shown).select_related("file").order_by("pk"):
        key = f"m{row.message_id}" if row.message_id else f"n{row.note_id}"
        found[key] = (*found.get(key, ()), _file(row))
    return found


def download(actor: Actor, attachment_id: int) -> File:
    """One file, for an actor who may get it now.

    Raises:
        NotFound: there is no such file, or none for this actor.
    """
    rows = Attachment.objects.select_related("file", "message__ticket", "note__ticket")
    row = rows.filter(pk=attachment_id).first()
    if row is None or not may_get(actor, row):
        raise NotFound
    return _file(row)


def original(actor: Actor, message_id: int) -> Original:
    """The HTML of a message, for an actor who sees its ticket.

    Raises:
        NotFound: there is no such message with HTML, or none for this actor.
    """
    rows = Message.objects.select_related("ticket").exclude(html="")
    row = rows.filter(pk=message_id).first()
    if row is None or not may_see(actor, row.ticket):
        raise NotFound
    enclosed = Attachment.objects.filter(message=row).exclude(content_id="").select_related("file")
    return Original(row.html, _by_content_id(enclosed))


def _by_content_id(rows: Iterable[Attachment]) -> dict[str, int]:
    return {row.content_id: row.pk for row in rows if _file(row).is_picture}


def _file(row: Attachment) -> File:
    return File(
        id=row.pk,
        name=row.name,
        size=row.file.size,
        media_type=row.file.media_type,
        place=row.file.place,
    )
