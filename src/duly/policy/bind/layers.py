"""Laying plans over each other, key by key down to one cell; each value keeps its origin."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from duly.policy.problems import Path
from duly.policy.reading.source import Data, leaves


@dataclass(frozen=True, slots=True)
class Origin:
    """The layer of a value: `amendment`, `addon`, `plan`, `base`, `policy` or `default`."""

    layer: str
    name: str = ""
    path: Path = ()
    """Where the value stands in the policy file."""
    note: str = ""

    def __str__(self) -> str:
        """Say it as pages do."""
        said = f"{self.layer} {self.name}".strip()
        return f"{said} ({self.note})" if self.note else said


@dataclass(slots=True)
class Layered:
    """Data made of layers, and the origin of each of its scalars."""

    data: dict[str, Data] = field(default_factory=dict)
    origins: dict[Path, Origin] = field(default_factory=dict)

    def lay(self, over: Mapping[str, Data], origin: Origin) -> None:
        """Put a layer on top: mappings merge, texts and lists replace, `none` removes."""
        self._lay(self.data, over, (), origin)

    def put(self, path: Path, value: Data, origin: Origin) -> None:
        """Replace what stands at one path.

        Raises:
            KeyError: there is no such place; the error names the key that is not there.
        """
        if not path:
            raise KeyError("")
        inside: Data = self.data
        for step in path[:-1]:
            inside = _step_into(inside, step)
        last = path[-1]
        if isinstance(inside, dict) and isinstance(last, str):
            self._lay(inside, {last: value}, path[:-1], origin)
        elif isinstance(inside, list) and isinstance(last, int) and last < len(inside):
            inside[last] = deepcopy(value)
            self._mark(value, path, origin)
        else:
            raise KeyError(last)

    def origin(self, path: Path) -> Origin | None:
        """Find where the value at `path`, or the first one inside it, came from."""
        if path in self.origins:
            return self.origins[path]
        inside = (origin for at, origin in self.origins.items() if at[: len(path)] == path)
        return next(inside, None)

    def _lay(
        self, into: dict[str, Data], over: Mapping[str, Data], path: Path, origin: Origin
    ) -> None:
        for key, value in over.items():
            here = (*path, key)
            below = into.get(key)
            if isinstance(value, dict) and isinstance(below, dict):
                self._lay(below, value, here, origin)
                continue
            self._forget(here)
            if value == "none" and not _is_cell(here):
                into.pop(key, None)
                continue
            into[key] = deepcopy(value)
            self._mark(value, here, origin)

    def _mark(self, value: Data, path: Path, origin: Origin) -> None:
        self._forget(path)
        for inside, _ in leaves(value, path):
            written = (*origin.path, *inside) if origin.path else ()
            self.origins[inside] = Origin(origin.layer, origin.name, written, origin.note)

    def _forget(self, path: Path) -> None:
        for known in [at for at in self.origins if at[: len(path)] == path]:
            del self.origins[known]


def _is_cell(path: Path) -> bool:
    """A cell that says `none` stays: it is a published "no promise", not a silence."""
    return path[0] == "targets" and len(path) == 3


def _step_into(inside: Data, step: str | int) -> Data:
    if isinstance(inside, dict) and isinstance(step, str):
        return inside.setdefault(step, {})
    if isinstance(inside, list) and isinstance(step, int) and step < len(inside):
        return inside[step]
    raise KeyError(step)


def parse_path(text: str) -> Path:
    """Read ``targets.first_response.1`` or ``credits[0].percent``."""
    parts = [part for part in text.replace("[", ".[").split(".") if part]
    return tuple(
        int(part[1:-1]) if part[0] == "[" and part[1:-1].isdigit() else part for part in parts
    )
