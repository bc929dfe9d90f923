"""The one clock of the edge."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from duly.channels import wall_clock
from tests.conftest import Clock


def test_now_is_the_system_clock_in_utc() -> None:
    before = datetime.now(UTC)
    assert before <= wall_clock.now() <= datetime.now(UTC)
    assert wall_clock.now().tzinfo is UTC


def test_a_test_moves_time(clock: Clock) -> None:
    clock.shift(3600)
    ahead = wall_clock.now() - datetime.now(UTC)
    assert timedelta(minutes=59) < ahead <= timedelta(hours=1)


def test_an_absent_file_moves_nothing(clock: Clock) -> None:
    assert abs(wall_clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_an_installation_refuses_to_have_its_time_moved(clock: Clock) -> None:
    environment = {**os.environ, "DULY_MODE": "production", "DULY_CLOCK_FILE": str(clock.file)}
    said = subprocess.run(
        [sys.executable, "-c", "import duly.config.settings"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode != 0
    assert "DULY_CLOCK_FILE moves time and is for tests" in said.stderr
