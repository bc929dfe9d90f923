"""What can be seen without the database: packages, disk, PostgreSQL, whether the desk runs."""

import re
import shutil
from datetime import UTC, date, datetime, timedelta
from importlib import metadata

from duly.channels import wall_clock
from duly.cli.doctor.finding import Finding, Found
from duly.cli.home import CLONE, Home
from duly.cli.postgres.binaries import Binaries

GIGABYTE = 10**9
TWO_NIGHTS = timedelta(days=2)


def packages() -> Found:
    """Compare what is installed with the lock of the clone."""
    lock = CLONE / "requirements.lock"
    if not lock.exists():
        return Finding.GOOD, "The packages are those that Duly was installed with."
    pins = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)( ;.*)?", lock.read_text(), re.MULTILINE)
    wrong = [name for name, version, only_if in pins if not only_if and _installed(name) != version]
    if wrong:
        return Finding.WRONG, (
            f"The Python packages are not those of the lock ({', '.join(wrong[:5])}). "
            "Delete .venv; the next ./duly makes it anew."
        )
    return Finding.GOOD, f"The {len(pins)} Python packages are those of the lock."


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def disk(home: Home) -> Found:
    """Look how much room the home has."""
    free = shutil.disk_usage(home.path).free
    words = f"{free / GIGABYTE:.1f} GB are free for {home.path}"
    if free < GIGABYTE:
        return Finding.WRONG, f"Only {words}. PostgreSQL stops when the disk is full: make room."
    return Finding.GOOD, f"{words}."


def age(binaries: Binaries, today: date) -> Found:
    """PostgreSQL plans a minor release in February, May, August and November (postgresql.org/developer/roadmap)."""
    first = date(
        2007 + binaries.major, 10, 1
    )  # 15 came out in the autumn of 2022, 18 in that of 2025
    due = sum(
        first < date(year, month, 20) <= today
        for year in range(first.year, today.year + 1)
        for month in (2, 5, 8, 11)
    )
    if binaries.version[1] < due:
        return Finding.ADVICE, (
            f"{binaries} is behind: {binaries.major}.{due} or later is out. Update Duly, or install "
            f"PostgreSQL {binaries.major} from your system, which is used when it is newer."
        )
    return Finding.GOOD, f"{binaries} has the fixes that were planned until today."


def is_running(home: Home) -> Found:
    """Look whether somebody keeps the desk up."""
    running = home.running()
    if running is None:
        return Finding.ADVICE, "The desk is not running: nobody watches what falls due. ./duly up"
    return Finding.GOOD, f"Process {running.pid} {running.doing}."


def backups(home: Home) -> Found:
    """Look for a backup that is not older than two nights."""
    made = [file.stat().st_mtime for file in (home.path / "backups").glob("*.zip")]
    if not made:
        return (
            Finding.ADVICE,
            "There is no backup yet. ./duly backup makes one, the worker one each night.",
        )
    newest = datetime.fromtimestamp(max(made), UTC)
    words = f"The newest backup is of {newest:%Y-%m-%d %H:%M} UTC"
    if wall_clock.now() - newest > TWO_NIGHTS:
        return (
            Finding.ADVICE,
            f"{words}; the worker should make one each night. Its log says why not.",
        )
    return Finding.GOOD, f"{words}. Keep copies on another machine."
