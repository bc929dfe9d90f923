"""What is measured on a full desk: pages, actions, a watch round, other terms, and this process's memory."""

import os
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from math import ceil
from statistics import median
from time import perf_counter
from typing import Any, Protocol

import psycopg
from django.db import connection
from django.test import Client

from bench import _desk_memory
from bench._cpu import spent
from bench._desk_furnish import PLANS, POLICIES, Desk
from bench._desk_load import COMMON, RARE, shared
from bench.actions import Statement, taken_back
from duly.desk.access.actor import actor_for, the_desk
from duly.desk.actions.agreements.come_into_force import come_into_force
from duly.desk.actions.agreements.move import move
from duly.desk.actions.agreements.publish import publish
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.wake import wake
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket

RUNS, FEW = 100, 3
STATEMENTS, RATIO = 12, 20.0
COMMON_MS = 100.0
RECOMPUTED_A_SECOND = 20_000
DUE, ROUND = 5_000, 200
HOST = "localhost"
NEXT = ("version: undated", "version: next")
WORKERS = min(4, os.cpu_count() or 1)


class Gate(Protocol):
    """Print a figure beside its gate, and say whether it is met."""

    def __call__(
        self,
        what: str,
        figure: float,
        *,
        at_most: float | None = None,
        at_least: float | None = None,
    ) -> bool: ...


class Bench:
    """Measures jobs whose effects are taken back, each beside its own statements."""

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self._raw = raw

    def compare(self, what: str, job: Callable[[], object], runs: int) -> tuple[int, float, float]:
        """Print median, 99th percentile and ratio; give statements, milliseconds, ratio."""
        _once(job)
        statements = _sent(job)
        pairs = [(_once(job), self._bare(statements)) for _ in range(runs)]
        ours, theirs = (sorted(side) for side in zip(*pairs, strict=True))
        middle, bare, last = median(ours), median(theirs), ours[ceil(0.99 * runs) - 1]
        print(
            f"{what:34} {len(statements):>4} statements {middle:9.2f} ms  p99 {last:9.2f} ms"
            f"  raw {bare:8.2f} ms  ratio {middle / bare:6.1f}",
            flush=True,
        )
        return len(statements), middle, middle / bare

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


def measure(desk: Desk, now: datetime, gate: Gate) -> list[bool]:
    """Print every figure; give whether each gate is met."""
    settings = {**connection.get_connection_params(), "cursor_factory": psycopg.ClientCursor}
    with closing(psycopg.connect(**settings)) as raw:
        bench = Bench(raw)
        _openings(bench, desk, now)
        held = _pages(bench, desk, gate)
        _watched(bench, now)
    held.append(gate("memory of all processes, MiB", _desk_memory.held(desk), at_most=300))
    held.append(_moved(desk, now, gate))
    return held


def _openings(bench: Bench, desk: Desk, now: datetime) -> None:
    customer = desk.customers[0]
    actor = actor_for(customer.contact, via="portal")
    level = customer.levels[-1]
    bench.compare(
        "open, by action",
        lambda: open_ticket(actor=actor, subject="Door", text="Stuck.", priority=level, at=now),
        RUNS,
    )
    client = Client(SERVER_NAME=HOST)
    client.force_login(customer.contact)
    form = {"subject": "Door", "text": "Stuck.", "priority": level, "key": "once"}
    bench.compare("open, by form", lambda: _is(302, client.post("/tickets/open/", form)), RUNS)


def _pages(bench: Bench, desk: Desk, gate: Gate) -> list[bool]:
    client, held = Client(SERVER_NAME=HOST), []
    client.force_login(desk.agents[0])
    long_talk = Ticket.objects.latest("pk").number
    gated = {
        "queue": "/desk/",
        "queue of a team": f"/desk/team/{desk.teams[0]}/",
        "queue of an organisation": f"/desk/?organisation={desk.customers[0].organisation}",
        "ticket with 20 messages": f"/desk/tickets/{long_talk}/",
    }
    for what, address in gated.items():
        many, _, ratio = bench.compare(what, _reading(client, address), RUNS)
        held.append(gate("statements", many, at_most=STATEMENTS))
        held.append(gate("times its raw statements", ratio, at_most=RATIO))
    bench.compare("search, a rare word", _reading(client, f"/desk/search/?q={RARE}"), RUNS)
    _, took, _ = bench.compare(
        "search, a common word", _reading(client, f"/desk/search/?q={COMMON}"), RUNS
    )
    return [*held, gate("milliseconds", took, at_most=COMMON_MS)]


def _reading(client: Client, address: str) -> Callable[[], object]:
    def read() -> None:
        answer = client.get(address)
        _is(200, answer)
        assert b"/desk/tickets/" in answer.content, f"{address} shows no ticket"

    return read


def _is(status: int, answer: Any) -> None:
    assert answer.status_code == status, f"{answer.status_code} instead of {status}"


def _watched(bench: Bench, now: datetime) -> None:
    """Let it be when so many tickets are due, and wake them in rounds of the usual size."""
    waiting = Ticket.objects.filter(wakes_at__isnull=False).order_by("wakes_at")
    instants = list(waiting.values_list("wakes_at", flat=True)[:DUE])
    at = max(instants[-1] or now, now)

    def rounds() -> int:
        return sum(iter(lambda: wake(at=at, limit=ROUND), 0))

    _, took, _ = bench.compare(f"watch, {len(instants)} due", rounds, FEW)
    print(f"  tickets woken a second: {len(instants) / took * 1e3:,.0f}")


def _moved(desk: Desk, now: datetime, gate: Gate) -> bool:
    """Let other versions of two policies be agreed for tomorrow, and workers move the open tickets when it has come."""
    tomorrow, began = now + timedelta(days=1), perf_counter()
    for number, (key, _) in enumerate(PLANS):
        source = (POLICIES / f"{key}.yaml").read_text()
        if NEXT[0] not in source:
            continue
        newer = publish(actor=desk.boss, source=source.replace(*NEXT), at=now).pk
        for customer in desk.customers[number :: len(PLANS)]:
            its = customer.subscription
            move(actor=desk.boss, subscription_id=its, version_id=newer, at=now, from_at=tomorrow)
    made = perf_counter() - began
    wake_all(at=tomorrow)
    began = perf_counter()
    with spent() as used:
        shared(WORKERS, lambda _: _let_them_come(tomorrow))
    took, many = perf_counter() - began, Event.objects.filter(kind="moved").count()
    print(f"other terms agreed in {made:,.1f} s, for {many} tickets; {used.said(many)}")
    return gate("recompute, tickets a second", many / took, at_least=RECOMPUTED_A_SECOND)


def wake_all(at: datetime) -> None:
    """Let time pass first, so that what is measured is the recomputing alone."""
    while wake(at=at, limit=ROUND):
        pass


def _let_them_come(at: datetime) -> None:
    while come_into_force(actor=the_desk("timer"), at=at):
        pass
