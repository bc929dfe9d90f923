"""Processor time that something took: ours with our children, and that of PostgreSQL's processes apart."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

_TICKS: int = os.sysconf("SC_CLK_TCK")


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
    postgres = server()
    found, ours, theirs = Spent(), _own(), tree(postgres)
    yield found
    found.python, found.postgres = _own() - ours, tree(postgres) - theirs


def server() -> int:
    """The process of PostgreSQL that starts its others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return parent(cursor.fetchone()[0])


def tree(process: int) -> float:
    """Seconds that a process and its children took, with those of theirs that have ended."""
    return sum(sum(_ticks(each)) for each in (process, *children(process))) / _TICKS


def _own() -> float:
    return sum(os.times()[:4])


def children(process: int) -> Iterator[int]:
    """The processes that one has started and that live."""
    for each in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended while we looked
            if parent(int(each.name)) == process:
                yield int(each.name)


def parent(process: int) -> int:
    """Who has started a process."""
    return int(_stat(process)[1])


def _ticks(process: int) -> tuple[int, int]:
    """What it took, and what its children took that have ended."""
    with suppress(OSError):
        own, system, theirs, their_system = map(int, _stat(process)[11:15])
        return own + system, theirs + their_system
    return 0, 0


def _stat(process: int) -> list[str]:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
