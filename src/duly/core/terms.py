"""What is promised to one subscriber: a policy's plan with every name resolved, as plain frozen values.

Terms are built by the policy language and stored whole (`duly.core.stored`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias, TypeVar

from duly.core.allowance import Allowance
from duly.core.calendar.values import Rule
from duly.core.clock.values import Kind
from duly.core.credits import Credit
from duly.core.marks import DayRules
from duly.core.price import Price
from duly.core.quantity import Target
from duly.core.uptime import Uptime

PriorityChange: TypeAlias = Literal["from_change", "from_start"]
Reopen: TypeAlias = Literal["continue", "restart"]

_K = TypeVar("_K")
_V = TypeVar("_V")


def _nothing() -> Mapping[_K, _V]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """A level of the scale; `key` is what events and targets name."""

    key: str
    name: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """When a cell holds. An empty tuple asks for nothing, several values for any one of them, `flags` for all."""

    channel: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    component: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    requested: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    during: str | None = None
    """A calendar that must be open when the cycle starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One target of the table: a kind of clock at a priority, perhaps behind a gate."""

    target: Target
    when: Gate | None = None
    starts: str | None = None
    """What must have happened before the clock starts: a mark, or `prioritised` (by an agent). None: nothing."""
    met_by: frozenset[str] | None = None
    """What meets the clock instead of the kind's own events: see `duly.core.clock.words`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How clocks count and react. Defaults are those of the contract, section 4."""

    days: DayRules = field(default_factory=DayRules)
    pauses: Mapping[Kind, frozenset[str]] = field(default_factory=lambda: DEFAULT_PAUSES)
    priority_change: Mapping[Kind, PriorityChange] = field(default_factory=_nothing)
    """By kind; `from_change` where none is named."""
    reopen: Reopen = "continue"


DEFAULT_PAUSES: Mapping[Kind, frozenset[str]] = MappingProxyType(
    {
        kind: frozenset({"customer"})
        for kind in (Kind.NEXT_RESPONSE, Kind.UPDATE, Kind.WORKAROUND, Kind.RESOLUTION)
    }
)
"""What pauses a clock of each kind when a policy does not say: only waiting on the customer, and no first response."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A level of the escalation ladder. With `after` it opens that long after the level before it, or the miss."""

    title: str = ""
    after: Target | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The escalation levels and the kind of clock whose miss opens the first."""

    opens: Kind
    rungs: tuple[Rung, ...]
    invoked_by: Literal["customer", "provider"] = "customer"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """Everything that a binding fixes. Mappings are read only; calendars name each other by key.

    Terms are equal only to themselves, so that one value, loaded once, keeps its compiled calendars. To compare what
    two of them say, compare what `duly.core.stored.write` makes of them.
    """

    policy: str
    version: str
    plan: str
    plan_name: str = ""
    priorities: tuple[Priority, ...]
    """Most urgent first."""
    calendars: Mapping[str, Rule] = field(default_factory=_nothing)
    hours: Mapping[str, str] = field(default_factory=_nothing)
    """The calendar of `business` units, by priority."""
    targets: Mapping[Kind, Mapping[str, tuple[Cell, ...]]] = field(default_factory=_nothing)
    """By kind and priority: the cells, of which the first whose gate holds applies."""
    rules: Rules = field(default_factory=Rules)
    ladder: Ladder | None = None
    allowances: Mapping[str, Allowance] = field(default_factory=_nothing)
    uptime: Uptime | None = None
    price: Price | None = None
    credits: tuple[Credit, ...] = ()
    commitment: Mapping[Kind, str] = field(default_factory=_nothing)
    """The words with which each kind is promised, as published."""
    exclusions: frozenset[str] = frozenset()
    """The clauses that may put a ticket outside the agreement."""
    marks: frozenset[str] = frozenset()
    """Milestones that the policy names beyond the built-in ones."""
    waiting_reasons: frozenset[str] = frozenset()
    """Reasons for waiting that the policy names beyond `customer` and `third_party`."""
