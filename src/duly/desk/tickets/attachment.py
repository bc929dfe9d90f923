"""Files that came with messages and notes: kept once for each content, named by each attachment."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from typing import Any

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from duly.desk.errors import NotPossible
from duly.desk.tickets.message import Message, Note

MOST_FILES = 10
MOST_BYTES = 25_000_000
"""How much one form may bring, all its files together."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that comes with words; `media_type` was told by its bytes.

    `content_id` is how the HTML of a mail names it.
    """

    name: str
    media_type: str
    content: bytes
    content_id: str | None = None
    is_inline: bool = False


class StoredFile(models.Model):
    """A content in the storage, addressed by its SHA-256; `media_type` is what its bytes tell."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256

    @property
    def place(self) -> str:
        """Where the storage has it."""
        return place_of(self.sha256)


class Attachment(models.Model):
    """A file by the name its sender gave it, with the words it belongs to."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="attachments")
    note = models.ForeignKey(Note, models.CASCADE, null=True, related_name="attachments")
    name = models.CharField(max_length=200)
    content_id = models.CharField(max_length=300, blank=True, default="")
    is_inline = models.BooleanField(default=False)

    class Meta:
        """It belongs to a message or to a note, so that one who may not see the note never gets its file."""

        constraints = (
            models.CheckConstraint(
                condition=Q(message=None) ^ Q(note=None), name="attachment_of_one"
            ),
        )

    def __str__(self) -> str:
        return self.name


def set_aside(files: Iterable[NewFile]) -> list[dict[str, Any]]:
    """Write files into the storage that have no words yet, and name each, by its SHA-256, in plain JSON."""
    return [
        {
            **asdict(replace(file, content=b"")),
            "content": put(file.content),
            "size": len(file.content),
        }
        for file in files
    ]


def taken_up(plain: Iterable[Mapping[str, Any]]) -> tuple[NewFile, ...]:
    """Give files that were set aside.

    Raises:
        NotPossible: one is missing from the storage.
    """
    return tuple(map(_taken_up, plain))


def _taken_up(plain: Mapping[str, Any]) -> NewFile:
    try:
        with default_storage.open(place_of(plain["content"])) as stored:
            content = stored.read()
    except FileNotFoundError as gone:
        raise NotPossible(
            _("The file %(name)s is missing from the storage: choose it again.")
            % {"name": plain["name"]}
        ) from gone
    known = {key: value for key, value in plain.items() if key != "size"}
    return NewFile(**{**known, "content": content})


def place_of(sha256: str) -> str:
    """Two letters a folder, so that no folder grows without bound."""
    return f"{sha256[:2]}/{sha256}"


def put(content: bytes) -> str:
    """Write a content into the storage and give its SHA-256.

    It is written before its row: a file may be left that nothing names, never a row without its file. One that is
    there already becomes as young as a new one, so that nobody sweeps it away before its row is written.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    place = place_of(sha256)
    try:
        os.utime(default_storage.path(place))
    except FileNotFoundError:
        default_storage.save(place, BytesIO(content))
    return sha256
