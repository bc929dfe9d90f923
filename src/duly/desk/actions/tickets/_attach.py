"""How files are put to the words that they came with, and how many a form may bring."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from duly.desk.errors import Invalid
from duly.desk.tickets.attachment import (
    MOST_BYTES,
    MOST_FILES,
    Attachment,
    NewFile,
    StoredFile,
    put,
)
from duly.desk.tickets.message import Message, Note


def sound_files(files: Sequence[NewFile]) -> Sequence[NewFile]:
    """Give the files that a form brought, if they are not too many and not too large.

    Raises:
        Invalid: they are.
    """
    if len(files) > MOST_FILES or sum(len(file.content) for file in files) > MOST_BYTES:
        raise Invalid(
            _(
                "At most %(files)s files with %(size)s MB together can be sent at once. Nothing was sent."
            )
            % {"files": MOST_FILES, "size": MOST_BYTES // 1_000_000},
            field="files",
        )
    return files


def attach(words: Message | Note, files: Iterable[NewFile], at: datetime) -> None:
    """Keep files; a content that is known already is stored once."""
    owner = {"message": words} if isinstance(words, Message) else {"note": words}
    for file in files:
        stored, _new = StoredFile.objects.get_or_create(
            sha256=put(file.content),
            defaults={
                "size": len(file.content),
                "media_type": file.media_type,
                "stored_at": at,
            },
        )
        Attachment.objects.create(
            file=stored,
            name=file.name,
            content_id=file.content_id or "",
            is_inline=file.is_inline,
            **owner,
        )
