"""`duly doctor` says in plain words what is wrong."""

from datetime import date
from pathlib import Path

import pytest

from duly.cli.doctor.finding import Finding
from duly.cli.doctor.surroundings import age
from duly.cli.postgres.binaries import Binaries
from tests.cli.desk import Desk


def binaries(major: int, minor: int) -> Binaries:
    return Binaries(Path("/usr/lib/postgresql"), (major, minor), "system")


@pytest.mark.parametrize(
    ("major", "minor", "today", "finding"),
    [
        # 17.1 was planned for November 2024, 17.2 to 17.5 for the four quarters of 2025.
        (17, 5, date(2026, 1, 15), Finding.GOOD),
        (17, 4, date(2026, 1, 15), Finding.ADVICE),
        (18, 0, date(2025, 11, 1), Finding.GOOD),
        (18, 0, date(2025, 12, 1), Finding.ADVICE),
    ],
)
def test_an_old_postgresql_is_found_by_the_plan_of_its_releases(
    major: int, minor: int, today: date, finding: Finding
) -> None:
    assert age(binaries(major, minor), today)[0] is finding


def test_a_misspelt_variable_is_named_with_the_nearest_known_one(folder: Path) -> None:
    desk = Desk(
        folder, DULY_MIAL_URL="sink:/tmp", DATABASE_URL="postgresql:///nowhere?host=/nowhere"
    )
    looked = desk.command("doctor")
    assert looked.returncode == 1
    assert "Nothing reads DULY_MIAL_URL. Did you mean DULY_MAIL_URL?" in looked.stdout


@pytest.mark.slow
def test_a_database_that_is_away_is_said_plainly(folder: Path) -> None:
    looked = Desk(folder, DATABASE_URL="postgresql:///nowhere?host=/nowhere").command("doctor")
    assert looked.returncode == 1
    assert "WRONG   The database does not answer" in looked.stdout
    assert "advice  The desk is not running" in looked.stdout
    assert "Traceback" not in looked.stdout + looked.stderr


@pytest.mark.slow
def test_a_desk_that_runs_is_found_healthy(started: Desk) -> None:
    desk = started
    looked = desk.command("doctor")
    assert looked.returncode == 0, looked.stdout
    assert f"serves http://localhost:{desk.port}" in looked.stdout
    assert "ok      The database is up to date." in looked.stdout
    assert "advice  Mail is written to" in looked.stdout
