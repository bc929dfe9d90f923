"""The words of a ticket as search reads them, in a table of their own: on the ticket row they would be dear."""

from collections.abc import Collection, Sequence

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models

from duly.desk.tickets.ticket import Ticket

WORDED = frozenset({"opened", "replied", "noted", "objected", "retitled", "split", "unsplit"})
"""The kinds of events with which words come or change."""

LANGUAGE = "simple"
"""Words as they are written: a desk speaks many languages at once, and error codes none."""


class Wording(models.Model):
    """`said` holds the subject and the public words, `noted` what agents left for each other."""

    ticket = models.OneToOneField(
        Ticket, models.CASCADE, primary_key=True, related_name="wording", db_index=False
    )
    said = SearchVectorField()
    noted = SearchVectorField()

    class Meta:
        """Found by word."""

        indexes = (
            GinIndex(fields=["said"], name="wording_said", fastupdate=False),
            GinIndex(fields=["noted"], name="wording_noted", fastupdate=False),
        )

    def __str__(self) -> str:
        return f"words of {self.ticket_id}"


# `desk_words` parts at every mark, so that E-1047 is found by 1047. A vector holds a megabyte at most: of more than a
# hundred thousand characters the newest are found.
_WORDS = """
SELECT ticket.id,
       desk_words(ticket.subject || ' ' || coalesce(left(said.words, 100000), '')) AS said,
       desk_words(coalesce(left(noted.words, 100000), '')) AS noted
  FROM desk_ticket ticket,
       LATERAL (SELECT string_agg(left(text, 50000), ' ' ORDER BY id DESC) AS words
                  FROM desk_message WHERE ticket_id = ticket.id) said,
       LATERAL (SELECT string_agg(left(text, 50000), ' ' ORDER BY id DESC) AS words
                  FROM desk_note WHERE ticket_id = ticket.id) noted
 WHERE ticket.id = ANY(%s)
"""
_SAVE = f"""
INSERT INTO desk_wording (ticket_id, said, noted) {_WORDS}
ON CONFLICT (ticket_id) DO UPDATE SET said = EXCLUDED.said, noted = EXCLUDED.noted
"""
_STALE = f"""
SELECT fresh.id FROM ({_WORDS}) fresh LEFT JOIN desk_wording kept ON kept.ticket_id = fresh.id
 WHERE kept.said IS DISTINCT FROM fresh.said OR kept.noted IS DISTINCT FROM fresh.noted ORDER BY fresh.id
"""  # noqa: S608 - put together from what stands above


def save(ticket_ids: Collection[int]) -> None:
    """Write the words of tickets anew, as the rows of this transaction have them. One statement, none for nothing."""
    if ticket_ids:
        with connection.cursor() as cursor:
            cursor.execute(_SAVE, [sorted(ticket_ids)])


def stale(ticket_ids: Collection[int]) -> list[int]:
    """Those of the tickets that search knows by other words than they hold. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_STALE, [sorted(ticket_ids)])
        return [ticket_id for (ticket_id,) in cursor.fetchall()]


_SHARES = """
SELECT word, coalesce(max(share), 0)
  FROM unnest(%s::text[]) AS word LEFT JOIN (
         SELECT common.word AS whole, share
           FROM pg_stats,
                unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common (word, share)
          WHERE schemaname = current_schema() AND tablename = 'desk_wording' AND attname = 'said') known
    ON starts_with(whole, word)
 GROUP BY word
"""


def shares(words: Sequence[str]) -> dict[str, float]:
    """In which share of all tickets the most common word with each of these beginnings stands; 0 of those less common.

    By PostgreSQL's own statistics, of which its planner makes nothing for beginnings of words. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SHARES, [list(words)])
        return dict(cursor.fetchall())
