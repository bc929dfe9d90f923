"""A priority as screens show it: its name in the policy's words, and its place on the policy's scale."""

from dataclasses import dataclass

from duly.core.terms import Terms


@dataclass(frozen=True, slots=True)
class Level:
    """`place` counts from 1, the most severe, to `of`."""

    key: str
    name: str
    definition: str
    place: int
    of: int


def levels_of(terms: Terms) -> tuple[Level, ...]:
    """All priorities of a plan, the most severe first."""
    scale = terms.priorities
    return tuple(
        Level(level.key, level.name or level.key, level.definition, place, len(scale))
        for place, level in enumerate(scale, start=1)
    )


def level_of(terms: Terms | None, key: str) -> Level | None:
    """One priority; None without terms, or when none was set yet."""
    if terms is None:
        return None
    return next((level for level in levels_of(terms) if level.key == key), None)
