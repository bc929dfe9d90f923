"""What every test may ask for."""

import gc
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import settings

from duly.channels import wall_clock
from tests import postgres
from tests.channels.fuzz import SEED as FUZZ
from tests.oracle.sample import SEED

# Modules and collected tests live to the end; looking through them for garbage all the time took a fifth of a run.
gc.set_threshold(50_000)

# How long a random case takes on a busy machine says nothing about it.
settings.register_profile("duly", deadline=None)
settings.load_profile("duly")


def pytest_report_header() -> list[str]:
    """Say which random cases the comparisons with the oracle take."""
    return [
        f"oracle: seed {SEED} (ORACLE_SEED={SEED} takes the same cases again)",
        f"fuzzing: seed {FUZZ} (FUZZ_SEED={FUZZ} takes the same mails again)",
    ]


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Start PostgreSQL before the first test that uses the database."""
    with postgres.running():
        yield


class Clock:
    """Time that a test moves, for this process and for every process that follows the same file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def shift(self, seconds: float) -> None:
        """Let the clocks show `seconds` more than the system's."""
        new = self.file.with_suffix(".new")
        new.write_text(str(seconds))
        new.rename(self.file)

    def stop(self, at: datetime) -> None:
        """Let the clock of this process stand at an instant, so that slow machines read the same."""
        wall_clock.stop(at)


@pytest.fixture
def clock(tmp_path: Path) -> Iterator[Clock]:
    """Move time through the one place that reads the system clock."""
    moved = Clock(tmp_path / "clock")
    wall_clock.follow(moved.file)
    yield moved
    wall_clock.stop(None)
    wall_clock.follow(None)
