"""What a long run says while it goes on, each line with the time since its beginning, and its one table at the end."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Row:
    """A figure; `held` is None where there is no gate."""

    what: str
    figure: str
    gate: str = ""
    held: bool | None = None

    def __str__(self) -> str:
        """Say it in a line."""
        met = {None: "", True: "met", False: "NOT MET"}[self.held]
        return f"{self.what:44} {self.figure:>72}  {self.gate:18} {met}".rstrip()


class Report:
    """Collects the figures of parts that follow each other; one that fails does not end the run."""

    def __init__(self) -> None:
        self._began = perf_counter()
        self._rows: list[Row] = []

    def say(self, words: str) -> None:
        """Print a line at once."""
        minutes, seconds = divmod(int(perf_counter() - self._began), 60)
        print(f"{minutes:3}:{seconds:02}  {words}", flush=True)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Do a part of the run; if it fails it counts as a gate that is not met."""
        self.say(f"{name} …")
        try:
            yield
        except Exception:
            traceback.print_exc()
            self.keep(name, "FAILED", held=False)

    def figure(self, what: str, figure: str) -> None:
        """Keep a figure that has no gate."""
        self.keep(what, figure)

    def gate(
        self,
        what: str,
        figure: float,
        *,
        at_most: float | None = None,
        at_least: float | None = None,
    ) -> None:
        """Keep a figure with its gate."""
        if at_most is not None:
            held, words = figure <= at_most, f"at most {at_most:,.0f}"
        else:
            held, words = figure >= (at_least or 0), f"at least {at_least or 0:,.0f}"
        self.keep(what, f"{figure:,.1f}", words, held=held)

    def keep(self, what: str, figure: str, gate: str = "", *, held: bool | None = None) -> None:
        """Keep a figure in words, with its gate and whether that is met."""
        row = Row(what, figure, gate, held)
        self._rows.append(row)
        self.say(str(row))

    def table(self) -> bool:
        """Print all figures once more, and give whether every gate is met."""
        missed = sum(row.held is False for row in self._rows)
        gates = sum(row.held is not None for row in self._rows)
        print("", *self._rows, f"{gates - missed} of {gates} gates are met.", sep="\n", flush=True)
        return not missed
