"""A `postmaster.pid` that an earlier run left: whose process it names, and making room for a new start.

PostgreSQL refuses to start while that number belongs to any live process of its account, so after a restart of a
container an innocent program can block it for ever. We hold the lock of the home, so we may look and decide.
"""

import os
import signal
import subprocess
import time
from pathlib import Path

from duly.cli.problem import Problem

PATIENCE_SECONDS = 30.0
PROCESSES = Path("/proc")  # Linux; elsewhere `ps` knows


def clear(data: Path) -> None:
    """Wait for a server that still runs on this folder to end, or remove the file of one that is gone.

    Raises:
        Problem: a server runs on the folder and does not end.
    """
    file = data / "postmaster.pid"
    until = time.monotonic() + PATIENCE_SECONDS
    while (pid := _named_by(file)) is not None and _serves(pid, data):
        if time.monotonic() > until:
            raise Problem(f"A PostgreSQL (process {pid}) still runs on {data} and does not end.")
        os.kill(pid, signal.SIGINT)
        time.sleep(0.2)
    file.unlink(missing_ok=True)


def _named_by(file: Path) -> int | None:
    try:
        return int(file.read_text(encoding="ascii").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _serves(pid: int, data: Path) -> bool:
    """Whether the process is a PostgreSQL on that folder; one that died and waits to be reaped is not."""
    words = _command_line(pid)
    return bool(words) and "postgres" in words[0] and str(data) in words


def _command_line(pid: int) -> list[str]:
    if PROCESSES.is_dir():
        try:
            return (PROCESSES / str(pid) / "cmdline").read_text(errors="replace").split("\0")
        except OSError:
            return []
    said = subprocess.run(
        ["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return said.stdout.split()
