"""Plain descriptions of what is promised and of what happened to a ticket."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tests.oracle.due import DayRules, Quantity
from tests.oracle.paper import Paper

KINDS = ("first_response", "next_response", "update", "workaround", "resolution", "root_cause")

Word = Literal["best_effort", "continuous"]
Mode = Literal["from_start", "from_change"]


@dataclass(frozen=True)
class Gate:
    """What a cell's `when` asks for; an empty gate always holds."""

    facts: Mapping[str, str] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    during: Paper | None = None


@dataclass(frozen=True, eq=False)
class Cell:
    """One cell of a target table: a quantity on a calendar, or words without a due instant."""

    within: Quantity | Word
    on: Paper
    when: Gate = Gate()
    starts: str | None = None
    met_by: frozenset[str] | None = None


@dataclass(frozen=True)
class Terms:
    """What holds for a ticket under one binding; the first cell whose gate holds applies."""

    key: str
    days: DayRules
    targets: Mapping[str, Mapping[str, tuple[Cell, ...]]]
    pauses: Mapping[str, frozenset[str]]
    priority_change: Mapping[str, Mode]
    reopen: Literal["continue", "restart"] = "continue"
    opens: str | None = None
    levels: int = 0


@dataclass(frozen=True)
class Happened:
    """An event, with the fields of the table in section 5; a field that does not apply is empty."""

    at: int
    what: str
    by: str = ""
    on: str = ""
    mark: str = ""
    terms: str = ""
    priority: str | None = None
    level: int = 0
    withdrawn: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    flags: frozenset[str] | None = None
