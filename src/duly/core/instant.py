"""Instants: whole seconds since 1970 in UTC inside, text with an offset outside."""

from datetime import UTC, datetime
from typing import TypeAlias

Instant: TypeAlias = int
"""Seconds since 1970-01-01T00:00:00Z, leap seconds not counted."""

Seconds: TypeAlias = int
"""A length of time in whole seconds."""


def parse(text: str) -> Instant:
    """Read ISO 8601 text such as ``2026-10-23T16:00+02:00``; parts of a second are cut off.

    Raises:
        ValueError: the text is no date and time, or has no offset (contract, section 2 rule 1).
    """
    return from_datetime(datetime.fromisoformat(text))


def text(at: Instant) -> str:
    """Write ``2026-10-26T15:00:00Z``."""
    return to_datetime(at).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_datetime(value: datetime) -> Instant:
    """Seconds since 1970 of an aware datetime.

    Raises:
        ValueError: the datetime is naive, so nobody can say which instant it means.
    """
    if value.tzinfo is None:
        raise ValueError(f"{value.isoformat()} has no offset; write e.g. {value.isoformat()}+01:00")
    return int(value.timestamp() // 1)


def to_datetime(at: Instant) -> datetime:
    """Give the aware datetime in UTC."""
    return datetime.fromtimestamp(at, UTC)
