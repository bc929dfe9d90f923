"""Clear files away that nothing names any more."""

from contextlib import suppress
from pathlib import Path

from django.core.files.storage import default_storage

from duly.desk.queries.unnamed_files import unnamed_files

SWEPT = ".swept"
"""Behind the name of a file on its way out."""


def sweep_files(*, before: float) -> int:
    """Remove those that were last wanted before an instant of the file system's clock, and say how many.

    Each is put out of reach first and looked at again: what was wanted in that moment is young, and returns.
    """
    for left in Path(default_storage.path("")).glob(f"??/*{SWEPT}"):
        with suppress(FileNotFoundError):
            _settle(left, before)
    removed = 0
    for file in unnamed_files(before):
        with suppress(FileNotFoundError):  # another worker was faster
            removed += _settle(file.rename(file.with_suffix(SWEPT)), before)
    return removed


def _settle(swept: Path, before: float) -> bool:
    """Remove a file that was put out of reach, unless it became young meanwhile."""
    if swept.stat().st_mtime >= before:
        swept.rename(swept.with_suffix(""))
        return False
    swept.unlink()
    return True
