"""Rows of one table written together: a few by one plain statement, many by COPY.

Values go as they are to PostgreSQL, without a model for each: Django's bulk writing took half of a large recording.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import Field, Model

MANY = 100
"""From so many rows on COPY is worth its further statements."""

Row: TypeAlias = Sequence[Any]
"""The values of the named columns, in their order; those of a JSON column are plain values, not text."""


def take_ids(model: type[Model], many: int) -> list[int]:
    """Take numbers for rows to come from the sequence of their table. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(ids.of) FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS of OFFSET 0) ids,"
            " generate_series(1, %s)",
            [model._meta.db_table, many],
        )
        return [number for (number,) in cursor.fetchall()]


def insert(model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> list[int]:
    """Add rows and give their ids; columns that are not named get what the database has for them."""
    if not rows:
        return []
    if len(rows) >= MANY:
        ids = take_ids(model, len(rows))
        copy(
            model, ["id", *columns], [(number, *row) for number, row in zip(ids, rows, strict=True)]
        )
        return ids
    return [number for (number,) in _inserted(model, columns, rows, " RETURNING id")]


def copy(model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Add many rows that bring all they need, ids included."""
    _copy(model._meta.db_table, _fields(model, columns), rows)


def upsert(
    model: type[Model], columns: Sequence[str], rows: Sequence[Row], *, unique: Sequence[str]
) -> None:
    """Add rows, or change those that are there by the columns that tell them apart."""
    if not rows:
        return
    fields, keys = _fields(model, columns), _names(_fields(model, unique))
    news = ", ".join(f"{field.column} = EXCLUDED.{field.column}" for field in fields)
    conflict = f" ON CONFLICT ({keys}) DO UPDATE SET {news}"
    if len(rows) < MANY:
        _inserted(model, columns, rows, conflict)
        return
    table, names = model._meta.db_table, _names(fields)
    with _staged(table, fields, rows) as staged:
        _run(f"INSERT INTO {table} ({names}) SELECT {names} FROM {staged}{conflict}")  # noqa: S608


def change(model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Change columns of rows, each given as its id and the values."""
    if not rows:
        return
    table, fields = model._meta.db_table, _fields(model, ["id", *columns])
    news = ", ".join(f"{field.column} = new.{field.column}" for field in fields[1:])
    update = f"UPDATE {table} AS old SET {news} FROM %s AS new %s WHERE old.id = new.id"  # noqa: S608
    if len(rows) < MANY:
        arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
        values = [list(column) for column in zip(*rows, strict=True)]
        _run(update % (f"unnest({arrays})", f"({_names(fields)})"), values)
        return
    with _staged(table, fields, rows) as staged:
        _run(update % (staged, ""))


def _inserted(
    model: type[Model], columns: Sequence[str], rows: Sequence[Row], ending: str
) -> list[Row]:
    fields = _fields(model, columns)
    one = f"({', '.join(['%s'] * len(fields))})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({_names(fields)})"  # noqa: S608
            f" VALUES {', '.join([one] * len(rows))}{ending}",
            [
                field.get_db_prep_save(value, connection)
                for row in rows
                for field, value in zip(fields, row, strict=True)
            ],
        )
        return cursor.fetchall() if cursor.description else []


@contextmanager
def _staged(table: str, fields: Sequence["Field[Any, Any]"], rows: Sequence[Row]) -> Iterator[str]:
    """A temporary table that holds the rows."""
    staged = f"staged_{table}"
    columns = ", ".join(f"{field.column} {field.db_type(connection)}" for field in fields)
    _run(f"CREATE TEMPORARY TABLE {staged} ({columns}) ON COMMIT DROP")
    _copy(staged, fields, rows)
    yield staged
    _run(f"DROP TABLE {staged}")


def _run(statement: str, values: Sequence[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _copy(table: str, fields: Sequence["Field[Any, Any]"], rows: Sequence[Row]) -> None:
    types = [str(field.db_type(connection)).partition("(")[0] for field in fields]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({_names(fields)}) FROM STDIN (FORMAT BINARY)") as writer,
    ):
        writer.set_types(types)
        for row in rows:
            writer.write_row(row)


def _fields(model: type[Model], names: Sequence[str]) -> list["Field[Any, Any]"]:
    found = [model._meta.get_field(name) for name in names]
    assert all(isinstance(each, Field) for each in found)
    return found  # type: ignore[return-value]


def _names(fields: Sequence["Field[Any, Any]"]) -> str:
    return ", ".join(str(field.column) for field in fields)
