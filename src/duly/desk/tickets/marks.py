"""Marks of a ticket, its tags and values of fields, know whether it is in the queue: the closed are not looked at."""

from collections.abc import Collection, Mapping

from django.db import connection

from duly.desk.tickets.field import FieldValue
from duly.desk.tickets.tag import Tagging
from duly.desk.tickets.ticket import Ticket

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


def save(in_queue: Mapping[int, bool]) -> None:
    """Let the marks of tickets know whether these are in the queue. One statement, none for nothing."""
    if in_queue:
        with connection.cursor() as cursor:
            cursor.execute(_SAVE, [list(in_queue), list(in_queue.values())])


def wrong(tickets: Collection[Ticket]) -> set[int]:
    """The ids of those tickets whose marks say otherwise. One statement."""
    said, *also = (
        marks.objects.filter(ticket__in=tickets).values_list("ticket", "is_in_queue")
        for marks in (Tagging, FieldValue)
    )
    stands = {ticket.pk: ticket.is_in_queue for ticket in tickets}
    return {pk for pk, is_in_queue in said.union(*also) if is_in_queue != stands[pk]}
