"""Where pairs of bars stand: two numbers for each step of time, side by side on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from duly.web.ui.chart.bars import BASE, LEFT, TOP, WIDEST, WIDTH

MOST = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two bars with their words; `label_x` is where the name stands, left out where names would touch."""

    name: str
    values: tuple[int, int]
    boxes: tuple[tuple[float, float, float, float], tuple[float, float, float, float]]
    label_x: float
    is_named: bool


def pairs(values: Sequence[tuple[str, int, int]]) -> tuple[int, list[Pair]]:
    """Place the latest of them, and say the number that the scale ends at; nothing to compare gives no bars."""
    shown = values[-MOST:]
    top = max((max(first, second) for _name, first, second in shown), default=0)
    if len(shown) < 2 or not top:
        return 0, []
    step = (WIDTH - LEFT) / len(shown)
    every = -(-len(shown) // 7)
    found = []
    for place, (name, *both) in enumerate(shown):
        width = min(step * 0.4, WIDEST / 2)
        middle = LEFT + step * (place + 0.5)
        first, second = (
            _box(middle + width * (side - 1), width, (BASE - TOP) * value / top)
            for side, value in enumerate(both)
        )
        found.append(
            Pair(
                name=name,
                values=(both[0], both[1]),
                boxes=(first, second),
                label_x=round(middle, 1),
                is_named=place % every == 0,
            )
        )
    return top, found


def _box(x: float, width: float, tall: float) -> tuple[float, float, float, float]:
    return round(x, 1), round(BASE - tall, 1), round(width, 1), round(tall, 1)
