"""Other terms for every open ticket: agreed for tomorrow, and moved by workers when it has come."""

import os
from datetime import datetime, timedelta
from time import perf_counter

from bench._cpu import spent
from bench._desk_furnish import PLANS, POLICIES, Desk
from bench._desk_load import shared
from bench._report import Report
from duly.desk.access.actor import the_desk
from duly.desk.actions.agreements.come_into_force import come_into_force
from duly.desk.actions.agreements.move import move
from duly.desk.actions.agreements.publish import publish
from duly.desk.actions.tickets.wake import wake
from duly.desk.tickets.event import Event

RECOMPUTED_A_SECOND = 20_000
ROUND = 200
NEXT = ("version: undated", "version: next")
WORKERS = min(4, os.cpu_count() or 1)


def moved(desk: Desk, now: datetime, report: Report) -> None:
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
    report.figure("other terms agreed for each subscription, seconds in all", f"{made:,.1f}")
    report.figure("tickets moved", f"{many:,}")
    report.gate("recompute, tickets a second", many / took, at_least=RECOMPUTED_A_SECOND)
    report.figure("recompute, a ticket", used.said(many))


def wake_all(at: datetime) -> None:
    """Let time pass first, so that what is measured is the recomputing alone."""
    while wake(at=at, limit=ROUND):
        pass


def _let_them_come(at: datetime) -> None:
    while come_into_force(actor=the_desk("timer"), at=at):
        pass
