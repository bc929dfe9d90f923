"""Whether the rows still say what was recorded: the chain of days, and every promise worked out again."""

import random
from collections.abc import Iterator
from datetime import UTC, timedelta
from textwrap import shorten

from django.db import connection, transaction

from duly.channels import wall_clock
from duly.cli.doctor.finding import Finding, Found
from duly.desk.clocks.truth import Difference, differences
from duly.desk.queries.chain import checked
from duly.desk.tickets.ticket import Ticket

TOGETHER = 500
"""Tickets that are read at one instant, so that what a running desk records meanwhile is no difference."""
TOLD = 20
"""Differences that are told one by one."""
UNSEALED = timedelta(days=2)


def truth(sample: int | None) -> Iterator[Found]:
    """Look at the chain of days, then refold all tickets, or as many as a sample holds. Nothing is written."""
    yield _chain()
    yield from _promises(sample)


def _chain() -> Found:
    found = checked()
    if found.broken_on:
        return Finding.WRONG, (
            f"What was recorded on {found.broken_on} is no longer what was sealed then: somebody or something "
            f"rewrote it. The {found.days} days before it are whole. Compare with a backup."
        )
    if found.head_on is None:
        return Finding.ADVICE, "No day is sealed yet; the worker seals each when it is over."
    words = (
        f"The chain of days is whole: {found.days} up to {found.head_on}, with digest {found.head}."
    )
    if wall_clock.now().astimezone(UTC).date() - found.head_on > UNSEALED:
        return Finding.ADVICE, f"{words} Those since are not sealed: is the worker up?"
    return Finding.GOOD, words


def _promises(sample: int | None) -> Iterator[Found]:
    tickets = list(Ticket.objects.order_by("pk").values_list("pk", flat=True))
    looked_at = f"all {len(tickets)}"
    if sample is not None and sample < len(tickets):
        looked_at = f"{sample} of {len(tickets)}"
        tickets = sorted(random.sample(tickets, sample))
    count = 0
    for count, difference in enumerate(_differences(tickets), start=1):
        if count <= TOLD:
            yield Finding.WRONG, _words(difference)
    if count > TOLD:
        yield Finding.WRONG, f"… and {count - TOLD} more differences."
    if count:
        yield (
            Finding.WRONG,
            "What is recorded was left as it is. Compare with a backup, or report a bug.",
        )
    else:
        yield Finding.GOOD, f"The promises of {looked_at} tickets are what their histories say."


def _differences(tickets: list[int]) -> Iterator[Difference]:
    for first in range(0, len(tickets), TOGETHER):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            found = list(differences(ticket_ids=tickets[first : first + TOGETHER]))
        yield from found


def _words(difference: Difference) -> str:
    stored, folded = (shorten(str(one), 200) for one in (difference.stored, difference.folded))
    what = f"{difference.what}, {difference.column}".replace("_", " ")
    return (
        f"Ticket #{difference.ticket}: {what} is recorded as {stored}; its history says {folded}."
    )
