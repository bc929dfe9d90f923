"""How a measurement is taken and printed: ours against a baseline, in turn, as one ratio beside its gate."""

from collections.abc import Callable
from statistics import median
from time import perf_counter


def report(
    what: str,
    over: Callable[[], object],
    under: Callable[[], object],
    many: int,
    *,
    at_most: float | None = None,
    at_least: float | None = None,
) -> bool:
    """Time both in turn, so that a busy neighbour hits both, and print the ratio beside its gate."""
    runs = [(timed(over), timed(under)) for _ in range(9)]
    ratio = median(a / b for a, b in runs)
    held = ratio <= at_most if at_most is not None else ratio >= (at_least or 0)
    gate = f"at most {at_most:g}" if at_most is not None else f"at least {at_least:g}"
    times = " / ".join(f"{median(side) / many * 1e9:,.0f}" for side in zip(*runs, strict=True))
    print(f"{what:40} {times:>17} ns {ratio:9.2f}  {gate:12} {'holds' if held else 'BROKEN'}")
    return held


def timed(job: Callable[[], object], runs: int = 1) -> float:
    """Seconds a job takes, the median of its runs."""
    took = []
    for _ in range(runs):
        began = perf_counter()
        job()
        took.append(perf_counter() - began)
    return median(took)
