"""What most tests begin with is done through the actions once; later its rows are put back as they were."""

import pickle
from collections.abc import Callable, Hashable
from typing import TypeVar

from django.db import connection

T = TypeVar("T")
Rows = dict[str, set[str]]
"""The rows of each table, each as JSON."""

_made: dict[Hashable, tuple[bytes, str]] = {}
"""What was made, each test has a copy of its own, and the statements that bring its rows again."""


def once(key: Hashable, make: Callable[[], T]) -> T:
    """Make something that adds rows and changes none; the next time with the same key only put its rows back.

    Their numbers are those of the first time. Sequences never run backwards, so nothing else has taken them.
    """
    if key not in _made:
        before = _rows()
        result = make()
        _made[key] = pickle.dumps(result), _statements(before, _rows())
        return result
    kept, statements = _made[key]
    with connection.cursor() as cursor:
        cursor.execute(statements)
    again: T = pickle.loads(kept)
    return again


def _rows() -> Rows:
    tables = connection.introspection.table_names()
    each = " UNION ALL ".join(
        f"SELECT '{table}', row_to_json(t)::text FROM {table} t" for table in tables
    )
    found: Rows = {table: set() for table in tables}
    with connection.cursor() as cursor:
        cursor.execute(each)
        for table, row in cursor.fetchall():
            found[table].add(row)
    return found


def _statements(before: Rows, after: Rows) -> str:
    written = []
    for table, rows in after.items():
        assert before[table] <= rows, f"{table}: a row was changed"
        if added := ",".join(sorted(rows - before[table])).replace("'", "''"):
            written.append(
                f"INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{table}, '[{added}]')"
            )
    return "; ".join(written)
