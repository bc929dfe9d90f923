"""What a full desk costs, each figure beside its raw statements: ``--tickets N`` (100,000), ``--large`` (a million).

Tickets come in through `record_many`, the doctor works a sample of them out again, then pages and actions are measured
in this process and their statements sent once more through psycopg alone.
"""

import argparse
import os
import random
import sys
from time import perf_counter

from bench import _mail_load

SAMPLE = 10_000
LOADERS = min(4, os.cpu_count() or 1)
LOAD_A_SECOND = 1_000_000 / (15 * 60)


def main() -> int:
    """Load, look over, measure; say by the exit status whether every gate is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--tickets", type=int, default=100_000, metavar="N")
    size.add_argument("--large", action="store_const", const=1_000_000, dest="tickets")
    given = parser.parse_args()
    with _mail_load.empty():
        return run(given.tickets)


def run(tickets: int) -> int:
    from bench import _desk_furnish, _desk_load, _desk_measure
    from bench._cpu import spent
    from duly.channels import wall_clock

    now = wall_clock.now()
    desk = _desk_furnish.furnish(now, customers=max(4, min(200, tickets // 500)))
    began = perf_counter()
    with spent() as used:
        _desk_load.load(desk, tickets, now, processes=LOADERS)
    rate = tickets / (perf_counter() - began)
    counts = (f"{model.objects.count()} {what}" for model, what in _desk_load.COUNTED)
    print(f"{', '.join(counts)} of {len(desk.customers)} organisations")
    held = [gate("load, tickets a second", rate, at_least=LOAD_A_SECOND)]
    print(f"  a ticket of the load, {used.said(tickets)}")
    held.append(gate("differences the doctor finds", looked_over(), at_most=0))
    held += _desk_measure.measure(desk, now, gate)
    return 0 if all(held) else 1


def looked_over() -> int:
    """Work out a sample again, print what differs, and give how much that is."""
    from duly.desk.clocks.truth import differences
    from duly.desk.tickets.ticket import Ticket

    ids = list(Ticket.objects.values_list("pk", flat=True))
    sample = random.Random(7).sample(ids, min(SAMPLE, len(ids)))
    found = list(differences(ticket_ids=sorted(sample)))
    print(f"{len(sample)} tickets worked out again", *found, sep="\n")
    return len(found)


def gate(
    what: str, figure: float, *, at_most: float | None = None, at_least: float | None = None
) -> bool:
    """Print one figure beside its gate."""
    if at_most is not None:
        held, words = figure <= at_most, f"at most {at_most:,.0f}"
    else:
        held, words = figure >= (at_least or 0), f"at least {at_least or 0:,.0f}"
    print(f"  {what:46} {figure:12,.1f}  {words:18} {'met' if held else 'NOT MET'}", flush=True)
    return held


if __name__ == "__main__":
    sys.exit(main())
