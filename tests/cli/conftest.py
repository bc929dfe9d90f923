"""Folders and desks for the tests of the command."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.desk import Desk


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that PostgreSQL's account can reach; pytest's own is closed to everybody else."""
    path = Path(tempfile.mkdtemp(prefix="duly-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """A desk that is not started yet and is ended after the test."""
    desk = Desk(folder)
    yield desk
    if desk.process and desk.process.poll() is None:
        desk.end()
