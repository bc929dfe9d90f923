"""Real worker processes on the database of the test."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from django.db import connection

from tests.ports import free_port
from tests.waiting import PATIENCE_SECONDS, until

CLONE = Path(__file__).parents[2]


def database_url() -> str:
    """The database that the test itself uses."""
    known = connection.settings_dict
    parts = {
        "host": known["HOST"],
        "port": known["PORT"],
        "user": known["USER"],
        "password": known["PASSWORD"],
    }
    given = urlencode({name: value for name, value in parts.items() if value})
    return f"postgresql:///{known['NAME']}?{given}"


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Workers:
    """Some worker processes that run the same loops."""

    def __init__(self, *loops: str, count: int = 1, given: Mapping[str, str] | None = None) -> None:
        self.command = [sys.executable, "-m", "duly.worker", *loops]
        self.environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            **(given or {}),
        }
        self.kills = 0
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        for number in range(count):
            self._start(f"worker {number}")

    def _start(self, name: str) -> None:
        environment = {**self.environment, "PGAPPNAME": name}
        self.running[name] = subprocess.Popen(self.command, cwd=CLONE, env=environment)

    def are_up(self) -> bool:
        """Whether each of them has a connection to the database."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT application_name FROM pg_stat_activity")
            return self.running.keys() <= {name for (name,) in cursor.fetchall()}

    def kill_one(self) -> None:
        """Kill the one that runs longest with -9 and start another in its place."""
        oldest = next(iter(self.running))
        victim = self.running.pop(oldest)
        victim.kill()
        victim.wait()
        self.kills += 1
        self._start(f"in place of {self.kills}")

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *error: object) -> None:
        self.end()

    def end(self) -> list[int]:
        """Ask all to end and give their exit codes."""
        ending, self.running = self.running, {}
        for process in ending.values():
            process.terminate()
        return [process.wait(PATIENCE_SECONDS) for process in ending.values()]


@contextmanager
def web(**given: str) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The web server of the product, on the database of the test."""
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        **given,
    }
    command = [sys.executable, "-m", "duly.cli.serve", "127.0.0.1", str(port)]
    process = subprocess.Popen(command, cwd=CLONE, env=environment)
    try:
        until(lambda: answers(port))
        yield f"127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)
