"""Django's own way to make the test database, but what migrations made once is read back until one of them changes."""

import hashlib
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db.backends.postgresql import creation

from duly.cli.postgres import binaries
from tests import postgres

CLONE = Path(__file__).parents[2]
KEPT = CLONE / ".pytest_cache" / "d"


class DatabaseCreation(creation.DatabaseCreation):
    """For a server of our own alone: its programs are beside it. Migrations that are missing run afterwards as ever."""

    def _execute_create_test_db(
        self, cursor: Any, parameters: Mapping[str, str], keepdb: bool = False
    ) -> None:
        super()._execute_create_test_db(cursor, parameters, keepdb)  # type: ignore[misc] # not in its stubs
        if postgres.is_ours() and (kept := _kept()).exists():
            words = ("--no-psqlrc", "--set=ON_ERROR_STOP=1", f"--file={kept}")
            self._run("psql", parameters["dbname"].strip('"'), *words)

    def create_test_db(self, *given: Any, **named: Any) -> str:
        """Make it, and keep what the migrations made unless it came from there."""
        database: str = super().create_test_db(*given, **named)
        if postgres.is_ours() and not (kept := _kept()).exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            for old in kept.parent.glob("schema-*"):
                old.unlink(missing_ok=True)
            new = kept.with_suffix(f".{os.getpid()}")
            self._run("pg_dump", database, f"--file={new}")
            new.rename(kept)
        return database

    def _run(self, program: str, database: str, *words: str) -> None:
        known = self.connection.settings_dict
        where = [f"--host={known['HOST']}", f"--username={known['USER']}", f"--dbname={database}"]
        subprocess.run(
            [binaries.find().folder / program, *where, *words],
            env={**os.environ, "PGPASSWORD": known["PASSWORD"], "LC_ALL": "C"},
            stdout=subprocess.DEVNULL,
            check=True,
        )


def _kept() -> Path:
    """The file for our migrations, the versions of everybody else's, and this PostgreSQL."""
    digest = hashlib.sha256(str(binaries.find()).encode())
    ours = sorted((CLONE / "src/duly/desk/migrations").glob("*.py"))
    for file in (CLONE / "requirements.lock", *ours):
        digest.update(file.name.encode() + file.read_bytes())
    return KEPT / f"schema-{digest.hexdigest()[:16]}.sql"
