"""Where the bars of a chart stand: one for each value, as tall as it is."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LEFT, TOP, BASE = 720, 52, 10, 150
WIDEST = 56
MOST = 36
"""How many bars are legible beside each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar with its words; `label_x` is where its name stands, which is left out where names would touch."""

    name: str
    value: float
    of: int
    x: float
    y: float
    width: float
    height: float
    label_x: float
    is_named: bool


def bars(values: Sequence[tuple[str, float, int]], full: float = 100) -> list[Bar]:
    """Place the values, `full` being as tall as the chart; none, where there are too few or too many to compare."""
    if not 2 <= len(values) <= MOST:
        return []
    step = (WIDTH - LEFT) / len(values)
    every = -(-len(values) // 12)
    found = []
    for place, (name, value, of) in enumerate(values):
        tall = (BASE - TOP) * min(value / full, 1) if full else 0
        width = min(step * 0.7, WIDEST)
        left = LEFT + step * (place + 0.5) - width / 2
        found.append(
            Bar(
                name=name,
                value=value,
                of=of,
                x=round(left, 1),
                y=round(BASE - tall, 1),
                width=round(width, 1),
                height=round(tall, 1),
                label_x=round(left + width / 2, 1),
                is_named=place % every == 0,
            )
        )
    return found
