"""The chain of days: what each seal is a digest of, and the first day that no longer fits its own.

A digest is the SHA-256 of lines of UTF-8, each ended by a line feed: a first line that names the day, the digest before
and the last ids, then each audit entry and each event in order of id, as the JSON array that PostgreSQL writes.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from duly.desk.setup.seal import DaySeal

_BATCH = 10_000
_ENTRIES = """
    SELECT jsonb_build_array(
        id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        act, person_id, via, subject_kind, subject_id, facts
    )::text FROM desk_auditentry WHERE id > %s AND id <= %s ORDER BY id
"""
_EVENTS = """
    SELECT jsonb_build_array(
        id, ticket_id, sequence, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        kind, facts, person_id, via, to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    )::text FROM desk_event WHERE id > %s AND id <= %s ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Last:
    """How far a seal reaches."""

    entry_id: int = 0
    event_id: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """What a walk along the chain found: how many days fit, the digest of the last, and the first day that does not."""

    days: int
    head: str
    head_on: date | None
    broken_on: date | None


def digest_of(on: date, previous: str, since: Last, until: Last) -> str:
    """Work out the digest of a day."""
    digest = hashlib.sha256(
        f"duly 1 {on} {previous or '-'} {until.entry_id} {until.event_id}\n".encode()
    )
    for line in _lines(_ENTRIES, since.entry_id, until.entry_id):
        digest.update(line.encode() + b"\n")
    for line in _lines(_EVENTS, since.event_id, until.event_id):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def checked() -> Checked:
    """Work every day out again, the oldest first, and stop at the first that differs."""
    head, head_on, days, since = "", None, 0, Last()
    for seal in DaySeal.objects.all():
        until = reach(seal)
        if seal.previous_digest != head or digest_of(seal.on, head, since, until) != seal.digest:
            return Checked(days, head, head_on, broken_on=seal.on)
        head, head_on, days, since = seal.digest, seal.on, days + 1, until
    return Checked(days, head, head_on, broken_on=None)


def reach(seal: DaySeal) -> Last:
    """How far a seal reaches."""
    return Last(seal.last_entry_id, seal.last_event_id)


def _lines(statement: str, since: int, until: int) -> Iterator[str]:
    """Read lines as they come: one scan, however many they are and whatever the planner knows of the table."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(statement, [since, until])
        while rows := cursor.fetchmany(_BATCH):
            yield from (line for (line,) in rows)
