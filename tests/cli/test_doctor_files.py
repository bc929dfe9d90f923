"""The doctor notices that a file is gone that came with a message, and files that belong to nothing."""

import os
import time
from pathlib import Path

import pytest
from pytest_django import Settings

from duly.channels import wall_clock
from duly.cli.doctor.finding import Finding
from duly.cli.doctor.rows import files, left_files
from duly.desk.tickets.attachment import StoredFile, place_of, put


@pytest.fixture
def folder(db: None, settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_a_file_that_is_gone_is_named_with_where_to_find_it(folder: Path) -> None:
    names = []
    for content in (b"first", b"second"):
        names.append(put(content))
        StoredFile.objects.create(
            sha256=names[-1], size=len(content), stored_at=wall_clock.now(), media_type="text/plain"
        )
    assert files()[0] is Finding.GOOD
    (folder / place_of(names[1])).unlink()
    verdict, said = files()
    assert verdict is Finding.WRONG
    assert (
        f"1 of 2 files that came with messages are missing from the storage, the first is {names[1]}."
        in said
    )


def test_files_that_belong_to_nothing_are_named_once_they_are_old(folder: Path) -> None:
    left = folder / place_of(put(b"left"))
    assert not list(left_files())
    eight_days_ago = time.time() - 8 * 86_400
    os.utime(left, (eight_days_ago, eight_days_ago))
    ((verdict, said),) = left_files()
    assert verdict is Finding.ADVICE
    assert f"1 file in the storage belong to nothing any more, the first is {left}." in said
