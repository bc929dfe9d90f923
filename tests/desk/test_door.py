"""The door: history stays in order, time does its part, promises follow, and both openings leave the same rows."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from duly.core import instant
from duly.core.events import Prioritised, Replied, Resolved, WaitingBegan
from duly.desk import rows
from duly.desk.access.actor import the_desk
from duly.desk.actions._record import locked, locked_many, record, record_many
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.wake import next_wake, wake
from duly.desk.clocks.clock import Clock
from duly.desk.mailroom.outbox import Outbox
from duly.desk.tickets.event import Event
from duly.desk.tickets.happening import Happening, happening
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def opened(people: Cast, priority: str | None = "1", at: datetime = MONDAY) -> Ticket:
    return open_ticket(
        actor=people.actor("contact"), subject="Door", text="Stuck.", priority=priority, at=at
    )


def clock(ticket: Ticket, kind: str = "first_response") -> Clock:
    return Clock.objects.get(ticket=ticket, kind=kind)


def history(ticket: Ticket) -> list[tuple[str, datetime]]:
    return list(Event.objects.filter(ticket=ticket).values_list("kind", "at"))


def test_opening_makes_the_first_promises(covered: Cast) -> None:
    ticket = opened(covered)
    first = clock(ticket)
    assert (first.state, first.due_at) == ("running", MONDAY + 2 * HOUR)
    # 16 business hours from Monday 10:00 in Berlin: 7 on Monday, 8 on Tuesday, 1 on Wednesday.
    assert clock(ticket, "resolution").due_at == MONDAY + timedelta(days=2)
    row = Ticket.objects.get(pk=ticket.pk)
    assert (row.rank, row.next_due_at) == (0, MONDAY + 2 * HOUR)
    assert row.wakes_at == first.soon_at


def test_an_answer_in_time_meets_the_promise(covered: Cast) -> None:
    ticket = opened(covered)
    reply(actor=covered.actor("agent"), ticket_id=ticket.pk, text="Push.", at=MONDAY + HOUR)
    assert (clock(ticket).state, clock(ticket).met_at) == ("met", MONDAY + HOUR)
    assert Ticket.objects.get(pk=ticket.pk).next_due_at == clock(ticket, "resolution").due_at


def test_an_answer_at_the_very_second_is_in_time(covered: Cast) -> None:
    ticket = opened(covered)
    at = MONDAY + 2 * HOUR + timedelta(milliseconds=900)
    reply(actor=covered.actor("agent"), ticket_id=ticket.pk, text="Push.", at=at)
    assert clock(ticket).state == "met"
    assert not Event.objects.filter(kind="missed").exists()


def test_what_fell_due_before_is_recorded_first(covered: Cast) -> None:
    ticket = opened(covered)
    soon_at = clock(ticket).soon_at
    reply(actor=covered.actor("agent"), ticket_id=ticket.pk, text="Sorry.", at=MONDAY + 3 * HOUR)
    assert history(ticket) == [
        ("opened", MONDAY),
        ("due_soon", soon_at),
        ("missed", MONDAY + 2 * HOUR + SECOND),
        ("replied", MONDAY + 3 * HOUR),
    ]
    late = clock(ticket)
    assert (late.state, late.met_at, late.late_seconds) == ("missed", MONDAY + 3 * HOUR, 3600)


def test_history_is_the_same_whether_the_watch_was_awake_or_not(covered: Cast) -> None:
    asleep, awake = opened(covered), opened(covered)
    agent = covered.actor("agent")
    wake(at=MONDAY + 100 * timedelta(minutes=1))
    Event.objects.filter(ticket=asleep).count()
    wake(at=MONDAY + 2 * HOUR + SECOND)
    reply(actor=agent, ticket_id=awake.pk, text="Sorry.", at=MONDAY + 3 * HOUR)
    other = opened(covered)
    reply(actor=agent, ticket_id=other.pk, text="Sorry.", at=MONDAY + 3 * HOUR)
    assert history(awake) == history(other)
    assert without_put_at(rows_of(awake)) == without_put_at(rows_of(other))


def test_the_watch_records_a_miss_once(covered: Cast) -> None:
    ticket = opened(covered)
    before = next_wake()
    assert before is not None
    assert wake(at=before - SECOND) == 0
    assert wake(at=MONDAY + 2 * HOUR) == 1
    assert wake(at=MONDAY + 2 * HOUR + SECOND) == 1
    assert wake(at=MONDAY + 2 * HOUR + SECOND) == 0
    missed = Event.objects.get(ticket=ticket, kind="missed")
    assert missed.facts == {
        "clock": "first_response",
        "cycle": 1,
        "due_at": instant.text(instant.from_datetime(MONDAY + 2 * HOUR)),
    }
    assert missed.person is None
    assert Outbox.objects.filter(event=missed).exists()


def test_what_arrives_out_of_order_is_raised_and_keeps_its_arrival(covered: Cast) -> None:
    ticket = opened(covered)
    agent = covered.actor("agent")
    reply(actor=agent, ticket_id=ticket.pk, text="One.", at=MONDAY + HOUR)
    reply(actor=agent, ticket_id=ticket.pk, text="Two.", at=MONDAY + HOUR / 2)
    second = Event.objects.get(ticket=ticket, sequence=3)
    assert (second.at, second.received_at) == (MONDAY + HOUR, MONDAY + HOUR / 2)
    first = Event.objects.get(ticket=ticket, sequence=2)
    assert first.received_at is None


def test_a_settled_clock_keeps_its_row(covered: Cast) -> None:
    ticket = opened(covered)
    agent = covered.actor("agent")
    reply(actor=agent, ticket_id=ticket.pk, text="One.", at=MONDAY + HOUR)
    before = columns(clock(ticket))
    prioritise(actor=agent, ticket_id=ticket.pk, priority="2", at=MONDAY + 2 * HOUR)
    reply(actor=agent, ticket_id=ticket.pk, text="Two.", then="resolve", at=MONDAY + 3 * HOUR)
    assert columns(clock(ticket)) == before


def test_a_customers_answer_ends_waiting_and_moves_the_due_instant(covered: Cast) -> None:
    ticket = opened(covered)
    due_at = clock(ticket, "resolution").due_at
    assert due_at is not None
    agent = covered.actor("agent")
    reply(actor=agent, ticket_id=ticket.pk, text="On?", then="wait", at=MONDAY + HOUR)
    paused = clock(ticket, "resolution")
    # 16 business hours less the one from 10:00 to 11:00.
    assert (paused.state, paused.due_at, paused.remaining_seconds) == ("paused", None, 15 * 3600)
    reply(actor=covered.actor("contact"), ticket_id=ticket.pk, text="Yes.", at=MONDAY + 3 * HOUR)
    assert clock(ticket, "resolution").due_at == due_at + 2 * HOUR


def columns(row: Any) -> dict[str, Any]:
    skipped = {"id", "ticket", "number", "event"}
    fields = [field for field in row._meta.concrete_fields if field.name not in skipped]
    return {field.name: getattr(row, field.attname) for field in fields}


def rows_of(ticket: Ticket) -> list[dict[str, Any]]:
    """All that the door wrote for a ticket, without the ids."""
    events = Event.objects.filter(ticket=ticket).order_by("sequence")
    return [
        columns(Ticket.objects.get(pk=ticket.pk)),
        *map(columns, Clock.objects.filter(ticket=ticket).order_by("kind", "cycle")),
        *({**columns(event), "facts": {**event.facts, "message": None}} for event in events),
        *map(columns, Outbox.objects.filter(event__ticket=ticket).order_by("event__sequence")),
    ]


def a_life(at: datetime) -> list[Happening]:
    second = instant.from_datetime(at)
    return [
        happening(Prioritised(at=second + 600, priority="2")),
        happening(Replied(at=second + 4000, by="agent")),
        happening(WaitingBegan(at=second + 4000, on="customer")),
        happening(Replied(at=second + 90_000, by="customer")),
        happening(Replied(at=second + 400_000, by="agent")),
        happening(Resolved(at=second + 500_000, by="agent")),
    ]


@pytest.mark.parametrize("many", [rows.MANY, 1])
def test_both_openings_leave_identical_rows(
    covered: Cast, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MANY", many)  # few rows go by statement, many by COPY
    later = MONDAY + timedelta(days=10)
    desk = the_desk("import")
    one_by_one = [opened(covered, at=MONDAY + n * HOUR) for n in range(3)]
    for ticket in one_by_one:
        for each in a_life(ticket.opened_at):
            with transaction.atomic():
                record(locked(ticket.pk), each, actor=desk, at=each.at)
    wake(at=later)
    at_once = [opened(covered, at=MONDAY + n * HOUR) for n in range(3)]
    with transaction.atomic():
        entries = [
            (ticket, a_life(ticket.opened_at)) for ticket in locked_many([t.pk for t in at_once])
        ]
        record_many(entries, actor=desk, at=later)
    for one, other in zip(one_by_one, at_once, strict=True):
        assert without_put_at(rows_of(one)) == without_put_at(rows_of(other))


def without_put_at(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key != "put_at"} for row in rows]
