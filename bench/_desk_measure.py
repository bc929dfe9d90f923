"""How a job on a full desk is measured beside its own statements; opening tickets and a round of the watch with it."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from math import ceil
from statistics import median
from time import perf_counter
from typing import Any

import psycopg
from django.db import connection
from django.test import Client

from bench._desk_furnish import Desk
from bench._report import Report
from bench.actions import Statement, taken_back
from duly.desk.access.actor import actor_for
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.wake import wake
from duly.desk.tickets.ticket import Ticket

RUNS, FEW = 100, 3
DUE, ROUND = 5_000, 200
HOST = "localhost"


class Bench:
    """Measures jobs whose effects are taken back, each beside its own statements."""

    def __init__(self, raw: psycopg.Connection[Any], report: Report) -> None:
        self._raw = raw
        self._report = report

    def compare(
        self,
        what: str,
        job: Callable[[], object],
        runs: int,
        *,
        statements: int | None = None,
        times: float | None = None,
    ) -> float:
        """Keep median, 99th percentile and ratio, with the gates that were given; give the median in milliseconds."""
        _once(job)
        sent = _sent(job)
        pairs = [(_once(job), self._bare(sent)) for _ in range(runs)]
        ours, theirs = (sorted(side) for side in zip(*pairs, strict=True))
        middle, bare, last = float(median(ours)), median(theirs), ours[ceil(0.99 * runs) - 1]
        figure = f"{len(sent):3} statements {middle:9.1f} ms  p99 {last:9.1f} ms"
        figure += f"  raw {bare:8.1f} ms  x {middle / bare:5.1f}"
        if statements is None or times is None:
            self._report.figure(what, figure)
        else:
            held = len(sent) <= statements and middle / bare <= times
            self._report.keep(what, figure, f"{statements}, x {times:g}", held=held)
        return middle

    def _bare(self, statements: list[Statement]) -> float:
        began = perf_counter()
        with self._raw.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
                if cursor.description:
                    cursor.fetchall()
        took = perf_counter() - began
        self._raw.rollback()
        return took * 1e3


@contextmanager
def bench(report: Report) -> Iterator[Bench]:
    """One with a connection of its own for the raw statements."""
    settings = {**connection.get_connection_params(), "cursor_factory": psycopg.ClientCursor}
    with closing(psycopg.connect(**settings)) as raw:
        yield Bench(raw, report)


def _once(job: Callable[[], object]) -> float:
    """Milliseconds of a job, without what taking it back costs."""
    with taken_back():
        began = perf_counter()
        job()
        return (perf_counter() - began) * 1e3


def _sent(job: Callable[[], object]) -> list[Statement]:
    statements: list[Statement] = []

    def keep(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if "SAVEPOINT" not in sql:
            statements.append((sql, params))
        return run(sql, params, many, context)

    with connection.execute_wrapper(keep):
        _once(job)
    return statements


def openings(desk: Desk, now: datetime, report: Report) -> None:
    """Measure how a customer opens a ticket."""
    customer = desk.customers[0]
    actor = actor_for(customer.contact, via="portal")
    level = customer.levels[-1]
    client = Client(SERVER_NAME=HOST)
    client.force_login(customer.contact)
    form = {"subject": "Door", "text": "Stuck.", "priority": level, "key": "once"}

    def by_action() -> None:
        open_ticket(actor=actor, subject="Door", text="Stuck.", priority=level, at=now)

    with bench(report) as its:
        its.compare("open, by action", by_action, RUNS)
        its.compare("open, by form", lambda: is_(302, client.post("/tickets/open/", form)), RUNS)


def is_(status: int, answer: Any) -> None:
    """Hold that a page answered as it should."""
    assert answer.status_code == status, f"{answer.status_code} instead of {status}"


def watched(now: datetime, report: Report) -> None:
    """Let it be when so many tickets are due, and wake them in rounds of the usual size."""
    waiting = Ticket.objects.filter(wakes_at__isnull=False).order_by("wakes_at")
    instants = list(waiting.values_list("wakes_at", flat=True)[:DUE])
    at = max(instants[-1] or now, now)

    def rounds() -> int:
        return sum(iter(lambda: wake(at=at, limit=ROUND), 0))

    with bench(report) as its:
        took = its.compare(f"watch, {len(instants):,} due", rounds, FEW)
    report.figure("watch, tickets woken a second", f"{len(instants) / took * 1e3:,.0f}")
