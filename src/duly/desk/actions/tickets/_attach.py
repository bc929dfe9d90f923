"""How files are put to the words that they came with, and how many a form may bring."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from duly.desk.errors import Invalid
from duly.desk.tickets.attachment import (
    MOST_BYTES,
    MOST_FILES,
    NewFile,
    put,
)
from duly.desk.tickets.message import Message, Note


def sound_files(files: Sequence[NewFile]) -> Sequence[NewFile]:
    """Give the files that a form brought, if they are not too many and not too large.

    Raises:
        Invalid: they are.
    """
    must_be_few([len(file.content) for file in files])
    return files


def must_be_few(sizes: Sequence[int]) -> None:
    """Refuse files of these sizes where they are too many or too large together.

    Raises:
        Invalid: they are.
    """
    if len(sizes) > MOST_FILES or sum(sizes) > MOST_BYTES:
        raise Invalid(
            _(
                "At most %(files)s files with %(size)s MB together can be sent at once. Nothing was sent."
            )
            % {"files": MOST_FILES, "size": MOST_BYTES // 1_000_000},
            field="files",
        )


_ATTACH = """
WITH file AS (
    SELECT * FROM unnest(%(sha256)s::text[], %(size)s::bigint[], %(media_type)s::text[], %(name)s::text[],
                         %(content_id)s::text[], %(is_inline)s::boolean[])
             WITH ORDINALITY AS file (sha256, size, media_type, name, content_id, is_inline, place)
), stored AS (
    INSERT INTO desk_storedfile (sha256, size, media_type, stored_at)
    SELECT DISTINCT ON (sha256) sha256, size, media_type, %(at)s FROM file ORDER BY sha256, place
    ON CONFLICT (sha256) DO UPDATE SET size = excluded.size
    RETURNING id, sha256
)
INSERT INTO desk_attachment (file_id, message_id, note_id, name, content_id, is_inline)
SELECT stored.id, %(message)s, %(note)s, name, content_id, is_inline
  FROM file JOIN stored USING (sha256) ORDER BY place
"""
"""The update changes nothing: with it a content that is known gives its row back. In order of their SHA-256, two at
once wait for each other and never in a circle.
"""


def attach(words: Message | Note, files: Sequence[NewFile], at: datetime) -> None:
    """Keep files; a content that is known already is stored once. One statement, however many."""
    if not files:
        return
    new: dict[str, Any] = {
        "sha256": [put(file.content) for file in files],
        "size": [len(file.content) for file in files],
        "media_type": [file.media_type for file in files],
        "name": [file.name for file in files],
        "content_id": [file.content_id or "" for file in files],
        "is_inline": [file.is_inline for file in files],
    }
    is_message = isinstance(words, Message)
    owner = {"message": words.pk if is_message else None, "note": None if is_message else words.pk}
    with connection.cursor() as cursor:
        cursor.execute(_ATTACH, {**new, **owner, "at": at})
