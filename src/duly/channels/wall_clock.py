"""The one place where Duly reads the system clock; everything else is told the instant as `at`."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

_shift_file: Path | None = None
_stopped: datetime | None = None


def now() -> datetime:
    """Give the present instant, aware and in UTC."""
    return _stopped or datetime.now(UTC) + _shift()


def stop(at: datetime | None) -> None:
    """Let it be an instant in this process until told otherwise, or let time run again; for tests alone."""
    global _stopped  # noqa: PLW0603 - one clock for the process is the point
    _stopped = at


def follow(shift_file: Path | None) -> None:
    """Move time by the seconds that a file holds, in every process that follows it.

    For tests alone: settings refuse it in production. An absent or empty file moves nothing.
    """
    global _shift_file  # noqa: PLW0603 - one clock for the process is the point
    _shift_file = shift_file


def _shift() -> timedelta:
    if _shift_file is None:
        return timedelta()
    try:
        text = _shift_file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        text = ""
    return timedelta(seconds=float(text or 0))
