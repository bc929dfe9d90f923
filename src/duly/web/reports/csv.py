"""Tables as files: streamed line by line, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from django.http import StreamingHttpResponse

Cell: TypeAlias = "str | int | Decimal | datetime | None"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run as a formula; an apostrophe before it makes it words (OWASP)."""


class _Line:
    """What a writer of CSV writes into: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def download(
    name: str, heads: Iterable[str], rows: Iterable[Iterable[Cell]]
) -> StreamingHttpResponse:
    """Stream a table as a file of that name. Instants are written in UTC, as ISO 8601 has them."""
    response = StreamingHttpResponse(_lines(heads, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _lines(heads: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    # The mark tells a spreadsheet that this is UTF-8.
    yield "\ufeff" + writer.writerow(heads)
    for row in rows:
        yield writer.writerow([_cell(cell) for cell in row])


def _cell(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return "" if cell is None else str(cell)
