"""One document of a file: its data as text, lists and mappings, and the place of each value.

Every scalar stays the text that was written (YAML 1.2 core, contract section 1), so ``09:30``,
``1499.00``, ``NO`` and ``2026-12-24`` reach the models unharmed; only an empty value is None.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from duly.policy.problems import Path, PolicyErrors, Problem, path_text

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"


class Place(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Source:
    """Data with the places it was written at."""

    file: str = ""
    data: Data = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)

    def place(self, path: Path) -> Place:
        """Find where `path` stands, or the nearest thing around it that was written."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Place(1, 1))

    def key_place(self, path: Path) -> Place:
        """Find where the key of `path` stands."""
        return self.keys.get(path) or self.place(path)

    def problem(self, path: Path, code: str, message: str, *, at_key: bool = False) -> Problem:
        """Say what is wrong at `path`."""
        place = self.key_place(path) if at_key else self.place(path)
        return Problem(
            code=code,
            message=message,
            path=path_text(path),
            file=self.file,
            line=place.line,
            column=place.column,
        )

    def refuse(self, path: Path, code: str, message: str) -> PolicyErrors:
        """Give the error to raise when `path` alone makes the file unusable."""
        return PolicyErrors([self.problem(path, code, message)])


def at(data: Data, path: Path) -> Data:
    """Walk to the value at `path`; None when there is none."""
    for step in path:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def plain(value: object) -> Data:
    """Turn the values of JSON or of a program into the text that a file would hold."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(inside) for key, inside in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inside) for inside in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def leaves(data: Data, path: Path = ()) -> Iterator[tuple[Path, str | None]]:
    """Yield every scalar with its path."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from leaves(value, (*path, index))
    else:
        yield path, data
