"""Marks of a ticket, its tags and values of fields, know whether it is in the queue: the closed are not looked at."""

from collections.abc import Collection, Mapping

from django.db import connection

MARKED = frozenset({"tagged", "filled"})
"""The kinds of events with which a mark comes to a ticket that is already there."""

_SAVE = """
WITH stands AS (SELECT * FROM unnest(%s::bigint[], %s::boolean[]) AS it (ticket_id, is_in)),
     tagged AS (
       UPDATE desk_tagging mark SET is_in_queue = is_in FROM stands
        WHERE mark.ticket_id = stands.ticket_id AND is_in_queue <> is_in)
UPDATE desk_fieldvalue mark SET is_in_queue = is_in FROM stands
 WHERE mark.ticket_id = stands.ticket_id AND is_in_queue <> is_in
"""
_WRONG = """
SELECT ticket.id FROM desk_ticket ticket,
       LATERAL (SELECT is_in_queue FROM desk_tagging WHERE ticket_id = ticket.id
                UNION ALL SELECT is_in_queue FROM desk_fieldvalue WHERE ticket_id = ticket.id) mark
 WHERE ticket.id = ANY(%s)
   AND mark.is_in_queue <> (status IN ('open', 'waiting') OR next_due_at IS NOT NULL)
"""


def save(in_queue: Mapping[int, bool]) -> None:
    """Let the marks of tickets know whether these are in the queue. One statement, none for nothing."""
    if in_queue:
        with connection.cursor() as cursor:
            cursor.execute(_SAVE, [list(in_queue), list(in_queue.values())])


def wrong(ticket_ids: Collection[int]) -> set[int]:
    """Those of the tickets whose marks say otherwise. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_WRONG, [sorted(ticket_ids)])
        return {ticket_id for (ticket_id,) in cursor.fetchall()}
