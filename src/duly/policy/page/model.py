"""A page as data: sections of paragraphs, facts and tables, each value with where it comes from."""

from dataclasses import dataclass, field
from typing import TypeAlias

from duly.policy.page.say import phrase


@dataclass(frozen=True, slots=True)
class Value:
    """A text on the page. `mark` is empty for what the published page states."""

    text: str
    mark: str = ""
    """`recovered`, `inferred`, `unknown`, or `default` where Duly's own rule fills a silence."""
    note: str = ""
    """What the sources say about it."""
    origin: str = ""
    """The layer it came from: `plan gold`, `base basic`, `addon …`, `amendment …`, `policy …`."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values under heads; the first value of a row names it."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, one below the other."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    value: Value


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses with what to say about them."""

    links: tuple[tuple[str, str], ...]


Block: TypeAlias = Table | Facts | Paragraph | Links


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page under its own title."""

    title: str
    blocks: tuple[Block, ...]
    sections: tuple["Section", ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page."""

    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Comparison:
    """Plans side by side: a column each, rows in groups; the first value of a row names it."""

    plans: tuple[tuple[str, str], ...]
    """Key and name of each."""
    groups: tuple[tuple[str, tuple[tuple[Value, ...], ...]], ...]


MARK_NAMES = {
    "recovered": phrase("recovered"),
    "inferred": phrase("inferred"),
    "unknown": phrase("unknown"),
    "default": phrase("default"),
}
MARKS = {
    "recovered": phrase("taken from another public page of the provider"),
    "inferred": phrase("our reading; the provider does not say it so"),
    "unknown": phrase("not known: the published pages do not say"),
    "default": phrase("Duly's own rule, because the policy does not say"),
}
"""What each mark means, for the legend."""
