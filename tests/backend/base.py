"""Django's own backend, but a test database is made from what was kept, and emptied row by row past its guards."""

from collections.abc import Iterable

from django.core.management.color import Style
from django.db.backends.postgresql import base, operations

from tests.backend.creation import DatabaseCreation

GUARDED = ("desk_event", "desk_auditentry", "desk_policyversion", "desk_binding", "desk_dayseal")


class DatabaseOperations(operations.DatabaseOperations):
    """Only the owner of a table can lift its guards; whoever can do that can do anything."""

    def sql_flush(
        self,
        style: Style,
        tables: Iterable[str],
        *,
        reset_sequences: bool = False,
        allow_cascade: bool = False,
    ) -> list[str]:
        """Delete the few rows that a test leaves, in milliseconds; emptying tables makes new files for each."""
        assert not reset_sequences, "numbers never run backwards (see tests.desk.once)"
        deletions = [f"DELETE FROM {self.quote_name(table)}" for table in tables]
        # The foreign keys are looked at before the guards are back: a table is not altered with such a look pending.
        return [*_each("DISABLE"), *deletions, "SET CONSTRAINTS ALL IMMEDIATE", *_each("ENABLE")]


class DatabaseWrapper(base.DatabaseWrapper):
    """The same database."""

    ops_class = DatabaseOperations
    creation_class = DatabaseCreation


def _each(what: str) -> list[str]:
    return [f"ALTER TABLE {table} {what} TRIGGER USER" for table in GUARDED]
