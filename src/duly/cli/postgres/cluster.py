"""One PostgreSQL cluster of our own: made once, started as a child, reached over a private socket."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql

from duly.cli.postgres import binaries as programs
from duly.cli.postgres import place as places
from duly.cli.postgres.account import Account
from duly.cli.postgres.binaries import Binaries
from duly.cli.problem import Problem

DATABASE = "duly"
OWNER = "duly"
ADMINISTRATOR = "postgres"
FIRST_BUILTIN_LOCALE = 17
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
WORK_MEM = "32MB"
"""With the usual 4 MB a report sorts all promises of a year on the disk, for PostgreSQL cannot know that they fall into
twelve months. Nearly nothing of it is then used.
"""
READY_AFTER_SECONDS = 600.0  # replaying a long write-ahead log after a crash takes its time


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the cluster is, who runs it, with which programs and passwords."""

    place: Path
    socket: Path
    account: Account
    binaries: Binaries
    administrator_password: str
    password: str
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        """The data folder, named by its major version."""
        return self.place / str(self.binaries.major)

    @property
    def command(self) -> list[str]:
        """How the server is started: no TCP, one socket in a folder of its own."""
        given = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "work_mem": WORK_MEM,
            **self.settings,
        }
        options = [f"--{name.replace('_', '-')}={value}" for name, value in given.items()]
        return [str(self.binaries.folder / "postgres"), "-D", str(self.data), *options]

    @property
    def url(self) -> str:
        """The `DATABASE_URL` of the desk."""
        where = urlencode({"host": str(self.socket), "user": OWNER, "password": self.password})
        return f"postgresql:///{quote(DATABASE)}?{where}"

    def make(self) -> None:
        """Create the data folder unless it is there; one that was interrupted leaves nothing behind.

        Raises:
            Problem: `initdb` failed; its words are in the message.
        """
        if (self.data / "PG_VERSION").exists():
            return
        new = self.place / f"{self.binaries.major}.new"
        shutil.rmtree(new, ignore_errors=True)
        password_file = self.place / "password.new"
        password_file.touch(mode=0o600)
        password_file.write_text(self.administrator_password)
        if self.account.user is not None:
            os.chown(password_file, self.account.user, -1)
        try:
            self._initdb(new, password_file)
        finally:
            password_file.unlink()
        new.rename(self.data)

    def _initdb(self, folder: Path, password_file: Path) -> None:
        locale = ["--locale=C.UTF-8"]
        if self.binaries.major >= FIRST_BUILTIN_LOCALE:
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command = [
            str(self.binaries.folder / "initdb"),
            f"--pgdata={folder}",
            f"--username={ADMINISTRATOR}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--data-checksums",
            *locale,
            *([] if self.settings.get("fsync") != "off" else ["--no-sync"]),
        ]
        made = subprocess.run(
            command,
            cwd=self.place,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
            **self.account.spawning,
        )
        if made.returncode != 0:
            raise Problem(f"PostgreSQL could not make its data folder:\n{made.stderr.strip()}")

    def wait(self, alive: Callable[[], bool]) -> None:
        """Wait until the server answers.

        Raises:
            Problem: it ended instead, or did not answer in ten minutes.
        """
        until = time.monotonic() + READY_AFTER_SECONDS
        while alive() and time.monotonic() < until:
            try:
                self._connect(ADMINISTRATOR).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        raise Problem("PostgreSQL did not start")

    def ensure_database(self) -> None:
        """Create the desk's role and database unless they are there."""
        with self._connect(ADMINISTRATOR) as connection:
            connection.autocommit = True
            role, password = sql.Identifier(OWNER), sql.Literal(self.password)
            if not connection.execute(
                "SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]
            ).fetchone():
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(role, password)
                )
            if not connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone():
                name = sql.Identifier(DATABASE)
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, role))

    def _connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.socket),
            dbname=database,
            user=ADMINISTRATOR,
            password=self.administrator_password,
            connect_timeout=5,
        )


def existing_major(place: Path) -> int | None:
    """Give the major version of the data that is already there, the newest when there are several."""
    found = [
        int(folder.name) for folder in place.glob("[0-9][0-9]") if (folder / "PG_VERSION").exists()
    ]
    return max(found, default=None)


def open_cluster(
    home: Path, account: Account, passwords: tuple[str, str], settings: dict[str, str] | None = None
) -> Cluster:
    """Decide where the cluster of a home lives and which programs run it; nothing is started."""
    place = places.choose(home, account)
    found = programs.find(existing_major(place))
    return Cluster(
        place=place,
        socket=places.socket_folder(place, account),
        account=account,
        binaries=places.reachable(found, account, place),
        administrator_password=passwords[0],
        password=passwords[1],
        settings=settings or {},
    )
