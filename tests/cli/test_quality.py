"""What `duly check` and `duly test` say of their runs is what pytest said."""

import subprocess
import sys
from pathlib import Path

from duly.cli.quality import HALF, OWN, counted

CLONE = Path(__file__).parents[2]
OF_EACH = """
import pytest

@pytest.fixture
def broken(): raise OSError

@pytest.mark.parametrize("number", range(3))
def test_good(number): pass
def test_bad(): assert False
def test_without_its_fixture(broken): pass
@pytest.mark.skip
def test_left_out(): pass
@pytest.mark.xfail
def test_expected(): assert False
"""


def test_totals_are_read_from_pytests_last_line(tmp_path: Path) -> None:
    (tmp_path / "test_of_each.py").write_text(OF_EACH)
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider"]
    ran = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert counted(ran.stdout) == {"passed": 3, "failed": 1, "error": 1, "skipped": 1}


def test_a_run_that_died_counted_nothing() -> None:
    assert counted("....\nFatal Python error: Segmentation fault\n") == {}
    assert counted("") == {}


def test_folders_that_are_left_to_another_lot_are_there() -> None:
    assert [folder for folder in (*OWN, *HALF) if not (CLONE / folder).is_dir()] == []
