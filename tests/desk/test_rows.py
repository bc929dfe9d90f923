"""Rows written together are the same whether they are few or many, and nothing of the writing stays behind."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from duly.desk import rows
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.clocks.clock import Clock
from duly.desk.clocks.projection import Row, stored
from duly.desk.tickets.tag import Tag
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast

pytestmark = pytest.mark.parametrize("many", [rows.MANY, 1])


@pytest.fixture(autouse=True)
def _from_so_many_on(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MANY", many)


def named(count: int) -> list[tuple[str]]:
    return [(f"tag {number}\twith 'marks' \\ and ümlauts",) for number in range(count)]


def test_ids_come_in_the_order_of_the_rows(db: None) -> None:
    with transaction.atomic():
        ids = rows.insert(Tag, ["name"], named(3))
    assert dict(Tag.objects.values_list("pk", "name")) == {
        number: name for number, (name,) in zip(ids, named(3), strict=True)
    }
    assert Tag.objects.create(name="the next").pk == ids[-1] + 1


def test_nothing_to_write_is_no_statement(
    db: None, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert rows.insert(Tag, ["name"], []) == []
        rows.change(Tag, ["name"], [])
        rows.upsert(Tag, ["name"], [], unique=["name"])


def test_what_is_there_is_changed_and_the_rest_is_added(covered: Cast) -> None:
    ticket = open_ticket(
        actor=covered.actor("contact"), subject="A", text="B", priority="1", at=MONDAY
    )
    first, *others = sorted(stored([ticket.pk]))
    change = {"at": "2026-10-19T08:00:00Z", "due_at": None, "why": 'a "word" \\ more'}
    later = first._replace(due_at=MONDAY + timedelta(days=9), soon_at=None, changes=[change])
    new = first._replace(kind="update", cycle=7)
    with transaction.atomic():
        rows.upsert(Clock, Row._fields, [later, new], unique=["ticket", "kind", "cycle"])
        # A second time in the same transaction: the stage was cleared.
        rows.upsert(Clock, Row._fields, [later], unique=["ticket", "kind", "cycle"])
    assert sorted(stored([ticket.pk])) == sorted([later, *others, new])


def test_only_the_named_columns_of_the_named_rows_change(covered: Cast) -> None:
    actor = covered.actor("contact")
    one, two = (open_ticket(actor=actor, subject="A", text="B", at=MONDAY) for _ in range(2))
    with transaction.atomic():
        rows.change(Ticket, ["subject", "waiting_on"], [(one.pk, "C", "customer")])
    columns = ("subject", "waiting_on", "opened_at")
    assert list(Ticket.objects.order_by("pk").values_list(*columns)) == [
        ("C", "customer", MONDAY),
        ("A", "", two.opened_at),
    ]


def test_no_table_stays_behind(covered: Cast) -> None:
    with transaction.atomic():
        ticket = open_ticket(actor=covered.actor("contact"), subject="A", text="B", at=MONDAY)
        rows.change(Ticket, ["subject"], [(ticket.pk, "C")])
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'staged%'")
            assert cursor.fetchone() == (0,)
