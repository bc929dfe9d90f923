"""Processor time that something took: ours with our children, and that of PostgreSQL's processes apart."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Spent:
    """Seconds; they are there once the block has ended."""

    python: float = 0
    postgres: float = 0

    def said(self, many: int) -> str:
        """For each of many, in microseconds."""
        python, postgres = (1e6 * each / many for each in (self.python, self.postgres))
        both = 2e6 / (python + postgres)
        return (
            f"processor: {python:,.0f} us in Python, {postgres:,.0f} us in PostgreSQL;"
            f" two idle cores would do {both:,.0f} a second"
        )


@contextmanager
def spent() -> Iterator[Spent]:
    """Measure a block. PostgreSQL runs on this machine, and its processes that end meanwhile count too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = _parent(Path("/proc", str(cursor.fetchone()[0])))
    found, ours, theirs = Spent(), _own(), _of_server(server)
    yield found
    found.python, found.postgres = _own() - ours, _of_server(server) - theirs


def _own() -> float:
    return sum(os.times()[:4])


def _of_server(server: int) -> float:
    """Of all its processes: what those that ended took was added up by the server."""
    living = [Path("/proc", str(server)), *_children(server)]
    ticks = [_ticks(process) for process in living]
    return (sum(own for own, _ in ticks) + ticks[0][1]) / _TICKS


def _children(parent: int) -> Iterator[Path]:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if _parent(process) == parent:
                yield process
        except OSError:
            continue  # it ended while we looked


def _parent(process: Path) -> int:
    return int((process / "stat").read_text().rpartition(")")[2].split()[1])


def _ticks(process: Path) -> tuple[int, int]:
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0
    return int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])
