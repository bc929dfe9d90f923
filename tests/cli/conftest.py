"""Folders and desks for the tests of the command."""

import shutil
import subprocess
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


@pytest.fixture(scope="session")
def rested() -> Iterator[Path]:
    """The home of an empty desk that was started once."""
    path = Path(tempfile.mkdtemp(prefix="duly-"))
    path.chmod(0o711)
    Desk(path).start().end()
    yield path
    shutil.rmtree(path)


@pytest.fixture
def started(rested: Path, desk: Desk) -> Desk:
    """A desk of one's own on a copy of that home, for tests whose matter is not the first start."""
    subprocess.run(["cp", "-a", f"{rested}/.", desk.home], check=True)
    return desk.start()


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """A desk that is not started yet and is ended after the test."""
    desk = Desk(folder)
    yield desk
    if desk.process and desk.process.poll() is None:
        desk.end()
