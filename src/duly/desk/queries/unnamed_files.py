"""Files of the storage that nothing names: left by what broke off, or by a draft that was thrown away."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.core.files.storage import default_storage

from duly.desk.tickets.attachment import StoredFile
from duly.desk.tickets.draft import Draft
from duly.desk.tickets.pending_reply import PendingReply

GRACE = timedelta(days=7)
"""So long a file is kept that nothing names: its row may still be on its way."""
_CONTENT = re.compile(r"[0-9a-f]{64}")


def unnamed_files(before: float) -> Iterator[Path]:
    """Find those that were last wanted before an instant of the file system's clock, in seconds since 1970.

    One statement for each folder, and two.
    """
    aside = _set_aside()
    for folder in sorted(Path(default_storage.path("")).glob("??/")):
        old = {
            file.name: file
            for file in folder.iterdir()
            if _CONTENT.fullmatch(file.name) and file.stat().st_mtime < before
        }
        stored = StoredFile.objects.filter(sha256__in=old).values_list("sha256", flat=True)
        for name in sorted(old.keys() - aside - set(stored)):
            yield old[name]


def _set_aside() -> set[str]:
    """The contents that unfinished words name."""
    return {
        file["content"]
        for unfinished in (Draft, PendingReply)
        for files in unfinished.objects.exclude(files=[]).values_list("files", flat=True)
        for file in files
    }
