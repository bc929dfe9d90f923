"""The hours of a week as cells: as dark as there is load, outlined where somebody works."""

from collections.abc import Sequence
from dataclasses import dataclass

from duly.desk.queries.reports.hours import Hour

LEFT, TOP, WIDE, TALL, GAP = 44, 18, 27, 20, 2


@dataclass(frozen=True, slots=True)
class Square:
    """Where an hour stands; `load` runs from 0 to 1."""

    hour: Hour
    x: int
    y: int
    load: float
    is_covered: bool


def week(cells: Sequence[Hour]) -> list[Square]:
    """Place the hours: a row for each day, a column for each hour."""
    most = max((cell.messages for cell in cells), default=0)
    return [
        Square(
            cell,
            LEFT + cell.hour * (WIDE + GAP),
            TOP + (cell.weekday - 1) * (TALL + GAP),
            round(cell.messages / most, 2) if most else 0.0,
            cell.agents > 0,
        )
        for cell in cells
    ]
