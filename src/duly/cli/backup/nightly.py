"""The backup of each night: `python -m duly.cli.backup.nightly`, which the worker runs every hour, makes it once.

A night begins at two o'clock UTC. A machine that slept makes it when it wakes; a home makes none in its first night.
"""

import fcntl
import os
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from duly.cli import home as homes
from duly.cli.console import say
from duly.cli.home import Home
from duly.cli.installation import Installation, with_database

BEGINS = timedelta(hours=2)
NAME = "nightly-{}.zip"
UNFINISHED = ".backup-*"
DAY_SECONDS = 86_400


def back_up(installation: Installation, *, at: datetime, days: int) -> Path | None:
    """Make the backup of the night unless it is there, and let those go that are older than some days."""
    from duly.cli.backup.make import make  # noqa: PLC0415 - needs Django to be ready

    folder, night = installation.home.backups(), _night(at)
    file = folder / NAME.format(night)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if file.exists() or _night(_began(installation.home)) == night:
            return None
        make(installation, file, at=at)
    for left in folder.glob(UNFINISHED):  # by a machine that lost its power
        if left.stat().st_mtime < at.timestamp() - DAY_SECONDS:
            shutil.rmtree(left)
    for old in folder.glob(NAME.format("*")):
        if old.name <= NAME.format(night - timedelta(days=days)):
            old.unlink()
    return file


def _night(at: datetime) -> date:
    return (at.astimezone(UTC) - BEGINS).date()


def _began(home: Home) -> datetime:
    made = (home.path / "secrets" / "postgres").stat().st_mtime
    return datetime.fromtimestamp(made, UTC)


def main() -> None:
    """Look at the installation that runs, as its worker cannot: from outside its environment."""
    os.environ.pop("DATABASE_URL_FILE", None)
    home = homes.chosen(None)
    with with_database(home, "makes the nightly backup") as installation:
        installation.enter()
        from django.conf import settings  # noqa: PLC0415 - needs Django to be ready

        from duly.channels import wall_clock  # noqa: PLC0415

        days = settings.DULY_BACKUP_DAYS
        if days and (file := back_up(installation, at=wall_clock.now(), days=days)):
            say(f"Backup made: {file}")


if __name__ == "__main__":
    main()
