"""A database as a file: PostgreSQL's own programs, those of the server's version, write it and read it back."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from duly.cli.postgres import binaries
from duly.cli.postgres.cluster import Cluster
from duly.cli.problem import Problem


@dataclass(frozen=True, slots=True)
class Programs:
    """The folder of `pg_dump`, `pg_restore` and `psql`, and the database that they speak to."""

    folder: Path
    database: str
    password: str

    def dump(self, file: Path, snapshot: str) -> None:
        """Write the database as it is in a snapshot that another connection holds.

        Raises:
            Problem: pg_dump did not do it; its words are in the message.
        """
        self._run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={file}")

    def restore(self, file: Path, script: Path) -> None:
        """Replace everything in the database by what a file holds, all in one transaction or not at all.

        Raises:
            Problem: PostgreSQL refused; the database is as it was.
        """
        reading = ["--no-owner", "--no-privileges", f"--file={script}", str(file)]
        self._run("pg_restore", *reading, connect=False)
        self._run(
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            "--output=/dev/null",
            "--command=SET client_min_messages = warning",
            "--command=DROP SCHEMA public CASCADE",
            "--command=CREATE SCHEMA public",
            f"--file={script}",
        )

    def _run(self, program: str, *words: str, connect: bool = True) -> None:
        where = [f"--dbname={self.database}", "--no-password"] if connect else []
        ran = subprocess.run(
            [self.folder / program, *where, *words],
            env={**os.environ, "PGPASSWORD": self.password, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode != 0:
            raise Problem(f"{program} failed:\n{ran.stderr.strip()}")


def programs(cluster: Cluster | None, database: str, password: str, major: int) -> Programs:
    """Find the programs that fit a server: those of our cluster, else some of the same major version.

    Raises:
        Problem: there are none.
    """
    folder = cluster.binaries.folder if cluster else _folder(major)
    return Programs(folder, database, password)


def _folder(major: int) -> Path:
    try:
        return binaries.find(major).folder
    except Problem:
        found = shutil.which("pg_dump")
    if found and _major(found) == major:
        return Path(found).parent
    raise Problem(
        f"Your server is PostgreSQL {major}, and no pg_dump of that version is here. "
        f"Install it (Debian, Ubuntu: apt install postgresql-client-{major})."
    )


def _major(program: str) -> int | None:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    match = re.search(r"(\d+)\.\d+", said.stdout)
    return int(match[1]) if match else None
