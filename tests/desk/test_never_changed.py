"""What is evidence cannot be rewritten, not even by raw SQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from duly.desk.actions.setup.seal import seal_day
from duly.desk.actions.tickets.open import open_ticket
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import acme_holds

TABLES = ["desk_event", "desk_auditentry", "desk_policyversion", "desk_binding", "desk_dayseal"]


def execute(statement: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_neither_changed_nor_deleted(people: Cast, table: str) -> None:
    acme_holds(people)
    open_ticket(actor=people.actor("stranger"), subject="A", text="B", at=MONDAY)
    seal_day(at=MONDAY)
    for statement in (f"UPDATE {table} SET id = id + 1", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match=f"rows of {table} are never changed"):
            execute(statement)
    assert execute(f"SELECT 1 FROM {table}") > 0


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_not_emptied_at_once(people: Cast, table: str) -> None:
    acme_holds(people)
    open_ticket(actor=people.actor("stranger"), subject="A", text="B", at=MONDAY)
    seal_day(at=MONDAY)
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match=r"rows of desk_\w+ are never changed"):
        execute(f"TRUNCATE {table} CASCADE")
    assert execute(f"SELECT 1 FROM {table}") > 0
