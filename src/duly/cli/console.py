"""Words for the person at the terminal."""

import sys
from pathlib import Path

import click


def say(words: str) -> None:
    """Print a line now, also when the output is a file."""
    click.echo(words)
    sys.stdout.flush()


def last_lines(log: Path, count: int = 8) -> str:
    """Give the end of a log, and where the rest is."""
    lines = log.read_text(errors="replace").splitlines()[-count:]
    return "\n".join([*lines, f"(all of it: {log})"])
