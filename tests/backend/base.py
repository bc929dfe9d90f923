"""Django's own backend, but emptying tables lifts the guard that refuses it, and puts it back."""

from collections.abc import Iterable

from django.db.backends.postgresql import base, operations

GUARDED = ("desk_event", "desk_auditentry", "desk_policyversion", "desk_binding", "desk_dayseal")


class DatabaseOperations(operations.DatabaseOperations):
    """Only the owner of a table can lift its guard; whoever can do that can do anything."""

    def execute_sql_flush(self, sql_list: Iterable[str]) -> None:
        """Empty the tables in the transaction that lifts the guard."""
        super().execute_sql_flush([*_each("DISABLE"), *sql_list, *_each("ENABLE")])


class DatabaseWrapper(base.DatabaseWrapper):
    """The same database."""

    ops_class = DatabaseOperations


def _each(what: str) -> list[str]:
    return [f"ALTER TABLE {table} {what} TRIGGER refuse_truncate" for table in GUARDED]
