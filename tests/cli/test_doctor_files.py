"""The doctor notices that a file is gone that came with a message."""

from pathlib import Path

import pytest
from pytest_django import Settings

from duly.channels import wall_clock
from duly.cli.doctor.finding import Finding
from duly.cli.doctor.rows import files
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
