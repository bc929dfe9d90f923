"""What a full desk costs, each figure beside its raw statements: ``--tickets N`` (100,000), ``--large`` (a million).

``--open N`` loads open tickets alone and measures other terms for them.

Tickets come in through `record_many`, the doctor works a sample of them out again, then pages and actions are measured
in this process and their statements sent once more through psycopg alone. A part that fails is told and left behind.
"""

import argparse
import os
import random
import sys
from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING

from bench import _mail_load
from bench._report import Report

if TYPE_CHECKING:
    from bench._desk_furnish import Desk

SAMPLE = 10_000
LOADERS = min(4, os.cpu_count() or 1)
UNFINISHED = 0.3
"""The share of tickets that are recent and not resolved."""
LOAD_A_SECOND = 1_000_000 / (15 * 60)
MEMORY_MIB = 300


def main() -> int:
    """Load, look over, measure; say by the exit status whether every gate is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--tickets", type=int, default=100_000, metavar="N")
    size.add_argument("--large", action="store_const", const=1_000_000, dest="tickets")
    size.add_argument("--open", type=int, metavar="N")
    given = parser.parse_args()
    with _mail_load.empty():
        return recomputed(given.open) if given.open else run(given.tickets)


def run(tickets: int) -> int:
    from bench import _desk_furnish, _desk_measure, _desk_memory, _desk_pages, _desk_recompute
    from duly.channels import wall_clock

    report, now = Report(), wall_clock.now()
    report.say("people and agreements …")
    desk = _desk_furnish.furnish(now, customers=max(4, min(200, tickets // 500)))
    with report.part(f"load of {tickets:,} tickets by {LOADERS} processes"):
        loaded(desk, tickets, now, report, unfinished=UNFINISHED)
    with report.part(f"doctor, on a sample of {SAMPLE:,}"):
        report.gate("differences the doctor finds", looked_over(), at_most=0)
    with report.part("opening tickets"):
        _desk_measure.openings(desk, now, report)
    with report.part("pages"):
        _desk_pages.measure(desk, now, report)
    with report.part("a round of the watch"):
        _desk_measure.watched(now, report)
    with report.part("memory"):
        held = _desk_memory.held(desk, report)
        report.gate("memory of all processes, MiB", held, at_most=MEMORY_MIB)
    _desk_recompute.measure(desk, now, report)
    return 0 if report.table() else 1


def recomputed(tickets: int) -> int:
    """Load open tickets alone, and let other terms hold for all of them."""
    from bench import _desk_furnish, _desk_recompute
    from duly.channels import wall_clock

    report, now = Report(), wall_clock.now()
    desk = _desk_furnish.furnish(now, customers=max(4, min(200, tickets // 500)))
    with report.part(f"load of {tickets:,} open tickets by {LOADERS} processes"):
        loaded(desk, tickets, now, report, unfinished=1)
    _desk_recompute.measure(desk, now, report)
    with report.part(f"doctor, on a sample of {SAMPLE:,}"):
        report.gate("differences the doctor finds", looked_over(), at_most=0)
    return 0 if report.table() else 1


def loaded(desk: "Desk", tickets: int, now: datetime, report: Report, *, unfinished: float) -> None:
    """Record the tickets and say what each of them cost."""
    from django.db import connection

    from bench import _desk_load
    from bench._cpu import spent

    began = perf_counter()
    with spent() as used:
        _desk_load.load(
            desk,
            tickets,
            now,
            processes=LOADERS,
            say=report.say,
            unfinished=unfinished,
        )
    rate = tickets / (perf_counter() - began)
    with connection.cursor() as cursor:
        # A desk of that age was vacuumed often, and its letters were sent.
        cursor.execute("TRUNCATE desk_outbox")
        cursor.execute("VACUUM ANALYZE")
    for model, what in _desk_load.COUNTED:
        report.figure(
            f"{what} of {len(desk.customers)} organisations", f"{model.objects.count():,}"
        )
    report.gate("load, tickets a second", rate, at_least=LOAD_A_SECOND)
    report.figure("load, a ticket", used.said(tickets))


def looked_over() -> int:
    """Work out a sample again, print what differs, and give how much that is."""
    from duly.desk.clocks.truth import differences
    from duly.desk.tickets.ticket import Ticket

    ids = list(Ticket.objects.values_list("pk", flat=True))
    sample = random.Random(7).sample(ids, min(SAMPLE, len(ids)))
    found = list(differences(ticket_ids=sorted(sample)))
    print(*found, sep="\n", end="\n" if found else "")
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
