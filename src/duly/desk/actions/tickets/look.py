"""Say that somebody has a ticket open, and hear in the same statement whether it is still as it was drawn."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection

from duly.desk.queries.freshness import ticket_tag
from duly.desk.tickets.presence import LOOKING, WRITING, Presence

KEPT = timedelta(hours=1)

_LOOK = """
WITH mine AS (
  INSERT INTO desk_presence (ticket_id, person_id, looked_at, wrote_at)
  SELECT id, %(person)s, %(at)s, CASE WHEN %(writes)s THEN %(at)s END FROM desk_ticket WHERE id = %(ticket)s
  ON CONFLICT (ticket_id, person_id) DO UPDATE
     SET looked_at = EXCLUDED.looked_at, wrote_at = coalesce(EXCLUDED.wrote_at, desk_presence.wrote_at)
)
SELECT sequence,
  (SELECT json_agg(json_build_array(person_id, wrote_at > %(writing_since)s))
     FROM desk_presence
    WHERE ticket_id = ticket.id AND person_id <> %(person)s AND looked_at > %(looking_since)s),
  (SELECT json_agg(json_build_array(person_id, leaves_at IS NOT NULL))
     FROM desk_pendingreply WHERE ticket_id = ticket.id)
  FROM desk_ticket ticket WHERE id = %(ticket)s
"""


def look(*, ticket_id: int, person_id: int, is_writing: bool, at: datetime) -> str:
    """Keep for some seconds that an agent is here, and give the ticket's tag. One statement.

    Whoever asks was shown the ticket within the day; they learn nothing but that it is to be drawn again.
    """
    asked: Mapping[str, int | bool | datetime] = {
        "ticket": ticket_id,
        "person": person_id,
        "writes": is_writing,
        "at": at,
        "looking_since": at - LOOKING,
        "writing_since": at - WRITING,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, asked)
        row = cursor.fetchone()
    if row is None:
        return ticket_tag(0)
    sequence, present, pending = row
    does = {one: "writing" if writes else "looking" for one, writes in present or ()}
    does |= {one: "sending" for one, leaves in pending or () if leaves and one != person_id}
    own = next((leaves for one, leaves in pending or () if one == person_id), None)
    return ticket_tag(sequence, does, own)


def forget_who_looked(*, at: datetime) -> None:
    """Clear away what meant nothing any more long ago."""
    Presence.objects.filter(looked_at__lt=at - KEPT).delete()
