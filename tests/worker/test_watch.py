"""The watch, as real processes that are killed while they work."""

import random
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from duly.channels import wall_clock
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.tickets.event import Event
from duly.worker import watch
from tests.conftest import Clock
from tests.desk.people import Cast, cast
from tests.desk.policies import published, subscribed
from tests.waiting import PATIENCE_SECONDS, until
from tests.worker.processes import Workers

pytestmark = pytest.mark.django_db(transaction=True)

POLICY = """
duly: 1
policy: quick
version: "1"
effective: 2026-01-01
priorities: {levels: [{key: 1, name: Urgent}]}
plans:
  basic:
    name: Basic
    targets: {first_response: {1: 2 hours}}
"""
TARGET = timedelta(hours=2)
KILLS = 8


@pytest.fixture
def people(transactional_db: None) -> Cast:
    people = cast()
    subscribed(people, published(people, POLICY))
    return people


def open_due(people: Cast, due: datetime) -> int:
    """Open a ticket whose first response is due at that instant, in whole seconds."""
    at = due.replace(microsecond=0) - TARGET
    actor = people.actor("contact")
    return open_ticket(actor=actor, subject="Door", text="Stuck.", priority="1", at=at).pk


def misses() -> list[tuple[int, datetime]]:
    """The tickets of the misses that are recorded, with the instants that were missed."""
    missed = Event.objects.filter(kind="missed").order_by("pk")
    return [(event.ticket_id, datetime.fromisoformat(event.facts["due_at"])) for event in missed]


@pytest.mark.slow
def test_each_miss_is_recorded_once_within_five_seconds_whoever_is_killed(people: Cast) -> None:
    luck = random.Random(7)
    watches = Workers("watch", count=3)
    tickets: set[int] = set()
    late: dict[int, timedelta] = {}
    try:
        until(watches.are_up)
        next_kill, end = time.monotonic(), time.monotonic() + PATIENCE_SECONDS
        looked, kept_waiting = time.monotonic(), 0.0
        while watches.kills < KILLS or len(late) < len(tickets):
            looked, before = time.monotonic(), looked
            kept_waiting = max(kept_waiting, looked - before)
            assert looked < end, "some were never recorded"
            if watches.kills < KILLS:
                tickets.add(open_due(people, datetime.now(UTC) + timedelta(seconds=3)))
            for ticket, due in misses():
                late.setdefault(ticket, datetime.now(UTC) - due)
            if watches.kills < KILLS and time.monotonic() > next_kill and watches.are_up():
                watches.kill_one()
                next_kill = time.monotonic() + luck.random()
            time.sleep(0.1)
    finally:
        watches.end()
    assert len(tickets) >= 20
    assert Counter(ticket for ticket, _ in misses()) == Counter(tickets)
    lateness = [late[ticket].total_seconds() for ticket in tickets]
    # Due at 10:00:00 is kept at 10:00:00: nothing is missed before the next second.
    assert min(lateness) >= 1
    # A machine that kept us from looking kept the watches from working.
    assert max(lateness) < 5 + kept_waiting


def test_a_step_wakes_what_is_due_and_sleeps_until_the_next(people: Cast, clock: Clock) -> None:
    ticket = open_due(people, wall_clock.now() + timedelta(minutes=10))
    while watch.step() == 0:
        pass
    assert watch.step() == watch.LONGEST_PAUSE_SECONDS
    assert misses() == []

    clock.shift(605)
    while watch.step() == 0:
        pass
    assert [missed for missed, _ in misses()] == [ticket]
    while watch.step() == 0:
        pass
    assert len(misses()) == 1


@pytest.mark.slow
def test_a_watch_ends_when_it_is_asked_to(people: Cast) -> None:
    workers = Workers("watch")
    until(workers.are_up)
    assert workers.end() == [0]
