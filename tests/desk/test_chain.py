"""The chain of days: who rewrites what was recorded is found, whatever rights they have in the database."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from duly.desk.actions.setup.seal import seal_day
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.mailroom.outbox import Outbox
from duly.desk.queries.chain import checked
from duly.desk.setup.audit import AuditEntry
from duly.desk.setup.seal import DaySeal
from duly.desk.tickets.event import Event
from tests.desk.people import MONDAY, Cast

DAY = timedelta(days=1)
TABLES = ("desk_event", "desk_auditentry", "desk_dayseal")


def open_at(people: Cast, at: datetime) -> None:
    open_ticket(actor=people.actor("stranger"), subject="A", text="B", at=at)


@pytest.fixture
def sealed(people: Cast) -> Cast:
    """Three days, each with a ticket of its own, and a fourth that is not over."""
    for number in range(3):
        open_at(people, MONDAY + number * DAY)
        seal_day(at=MONDAY + (number + 1) * DAY)
    open_at(people, MONDAY + 3 * DAY)
    Outbox.objects.all().delete()  # as the relay does: nothing holds the events any more
    return people


@contextmanager
def without_triggers() -> Iterator[None]:
    """What whoever owns the database can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER refuse_change")
        yield
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER refuse_change")


def test_a_chain_that_nobody_touched_fits(sealed: Cast) -> None:
    found = checked()
    assert (found.days, found.head_on, found.broken_on) == (3, date(2026, 10, 21), None)
    assert found.head == DaySeal.objects.get(on=date(2026, 10, 21)).digest


def test_a_day_is_sealed_once_and_days_without_anybody_are_sealed_together(sealed: Cast) -> None:
    again = datetime(2026, 10, 22, 23, 59, tzinfo=UTC)
    assert seal_day(at=again) is None
    late = seal_day(at=again + 3 * DAY)
    assert late is not None
    assert late.on == date(2026, 10, 24)
    assert checked().days == 4


@pytest.mark.parametrize(
    ("statement", "day"),
    [
        ("UPDATE desk_event SET facts = '{}' WHERE id = {second}", 20),
        ("UPDATE desk_event SET at = at - interval '1 second' WHERE id = {third}", 21),
        ("UPDATE desk_event SET person_id = NULL WHERE id = {second}", 20),
        ("UPDATE desk_event SET received_at = at WHERE id = {second}", 20),
        ("DELETE FROM desk_event WHERE id = {third}", 21),
        ("UPDATE desk_event SET id = -1 WHERE id = {second}", 20),
        ("UPDATE desk_auditentry SET facts = facts || '{\"a\": 1}' WHERE act = 'desk_founded'", 19),
        ("DELETE FROM desk_auditentry WHERE act = 'desk_founded'", 19),
        ("DELETE FROM desk_dayseal WHERE \"on\" = '2026-10-20'", 21),
        ("UPDATE desk_dayseal SET \"on\" = '2026-10-18' WHERE \"on\" = '2026-10-20'", 18),
        ("UPDATE desk_dayseal SET previous_digest = '' WHERE id = {last_seal}", 21),
        ("UPDATE desk_dayseal SET last_event_id = last_event_id + 1 WHERE id = {last_seal}", 21),
    ],
)
def test_the_first_broken_day_is_named(sealed: Cast, statement: str, day: int) -> None:
    opened = list(Event.objects.filter(kind="opened").order_by("id").values_list("id", flat=True))
    names = {
        "second": opened[1],
        "third": opened[2],
        "last_seal": DaySeal.objects.order_by("on").last().pk,  # type: ignore[union-attr]
    }
    for name, number in names.items():
        statement = statement.replace(f"{{{name}}}", str(number))
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 1
    assert checked().broken_on == date(2026, 10, day)


def test_a_row_put_among_those_of_a_sealed_day_is_found(sealed: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('desk_auditentry', 'id'))")
        (gap,) = cursor.fetchone() or (0,)
    AuditEntry.objects.create(at=MONDAY, act="a", via="cli", subject_kind="person")
    seal_day(at=MONDAY + 5 * DAY)
    assert checked().broken_on is None
    AuditEntry.objects.create(id=gap, at=MONDAY, act="b", via="cli", subject_kind="person")
    assert checked().broken_on == date(2026, 10, 23)


def test_the_digest_is_the_one_that_is_documented(people: Cast) -> None:
    open_at(people, MONDAY)
    seal = seal_day(at=MONDAY + DAY)
    assert seal is not None
    lines = [f"duly 1 2026-10-19 - {seal.last_entry_id} {seal.last_event_id}"]
    for entry in AuditEntry.objects.order_by("id"):
        subject = (entry.subject_kind, entry.subject_id)
        values = [entry.pk, micro(entry.at), entry.act, entry.person_id, entry.via, *subject]
        lines.append(text([*values, entry.facts]))
    for event in Event.objects.order_by("id"):
        place = [event.pk, event.ticket_id, event.sequence, micro(event.at)]
        lines.append(text([*place, event.kind, event.facts, event.person_id, event.via, None]))
    assert seal.digest == hashlib.sha256("".join(f"{x}\n" for x in lines).encode()).hexdigest()


def micro(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def text(values: list[Any]) -> str:
    """As PostgreSQL writes jsonb: shorter keys first."""
    *rest, last = values
    ordered = [
        dict(sorted(v.items(), key=lambda item: (len(item[0]), item[0])))
        if isinstance(v, dict)
        else v
        for v in [*rest, last]
    ]
    return json.dumps(ordered, ensure_ascii=False)
