"""Promises: the cells of a binding's targets with their compiled hours, and which of them holds."""

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from duly.core import due, marks
from duly.core.calendar.layout import CalendarError
from duly.core.clock.values import Kind, State
from duly.core.clock.words import MET_BY
from duly.core.events import Facts
from duly.core.instant import Instant, Seconds
from duly.core.marks import DayRules
from duly.core.open_time import OpenTime
from duly.core.quantity import Quantity, Target, Untimed
from duly.core.spans import Spans
from duly.core.terms import DEFAULT_PAUSES, Cell, Gate, Terms

_UNTIMED = {Untimed.BEST_EFFORT: State.BEST_EFFORT, Untimed.CONTINUOUS: State.CONTINUOUS}
_ALWAYS = OpenTime("always", {})
"""Laid out once for all terms, for it is the same in all."""
_ASKED = ("channel", "environment", "component", "contact", "requested", "region")


@dataclass(frozen=True, slots=True, eq=False)
class Promise:
    """A cell that promises something, with all that its clock needs to count."""

    cell: Cell
    words: str
    """The target as the policy writes it, e.g. ``8 business hours on office``."""
    binding: bool
    """False: suggested only."""
    within: Quantity | None
    """None where no instant is promised."""
    untimed: State | None
    """The state of a clock that promises no instant; None for one that does."""
    open_time: OpenTime
    rules: DayRules
    seconds: Seconds | None
    """The open time promised; None when days are counted."""
    calendar: str | None
    """The name of the calendar that counts; None when nothing is counted."""
    starts: str | None
    met_by: frozenset[str]

    def due(self, start: Instant, holes: Spans) -> Instant | None:
        """When a cycle that started then is due; None: within 5 years never. Asked of a promise that is timed."""
        if self.seconds is not None:
            return self.open_time.due(start, self.seconds, holes)
        assert self.within is not None, "an untimed promise is never counted"
        return marks.due(self.within, start, self.open_time, self.rules, holes)

    def soon(self, start: Instant, due_at: Instant, holes: Spans) -> Instant | None:
        """When three quarters of the promised open time are used."""
        if self.seconds is not None:
            return self.open_time.due(start, -(-3 * self.seconds // 4), holes)
        return due.soon_at(start, due_at, self.open_time, holes)


class Promises:
    """Everything that one binding promises, made ready to count when asked for. `promises` keeps one for its terms."""

    __slots__ = ("_hours", "_ready", "_targets", "kinds", "levels", "modes", "pauses", "terms")

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.levels = tuple(level.key for level in terms.priorities)
        self._targets = dict(terms.targets)
        if terms.ladder:
            self._targets[Kind.ESCALATION] = terms.targets.get(terms.ladder.opens, {})
        self.kinds = tuple(kind for kind in Kind if self._targets.get(kind))
        self._hours: dict[str, OpenTime] = {}
        self._ready: dict[tuple[Kind, str, int], Promise | None] = {}
        listed = {**DEFAULT_PAUSES, **terms.rules.pauses}
        self.pauses = {kind: listed.get(kind, frozenset()) for kind in Kind}
        self.modes = {kind: terms.rules.priority_change.get(kind, "from_change") for kind in Kind}

    def select(self, kind: Kind, priority: str, facts: Facts, start: Instant) -> Promise | None:
        """The first cell whose gate holds for a cycle that starts then; None when none does, or it promises nothing.

        Raises:
            CalendarError: the cell needs a calendar that the terms lack.
        """
        for number, cell in enumerate(self._targets.get(kind, {}).get(priority, ())):
            if cell.when is None or self._holds(cell.when, facts, start):
                key = (kind, priority, number)
                if key not in self._ready:
                    self._ready[key] = self._promise(kind, priority, cell)
                return self._ready[key]
        return None

    def hours(self, name: str) -> OpenTime:
        """A compiled calendar."""
        if name not in self._hours:
            own = name in self.terms.calendars or name != _ALWAYS.name
            self._hours[name] = OpenTime(name, self.terms.calendars) if own else _ALWAYS
        return self._hours[name]

    def calendars(self) -> frozenset[str]:
        """Name every calendar that a cell may need, also those that the terms lack."""
        found = set()
        for row in self._targets.values():
            for priority, cells in row.items():
                for cell in cells:
                    with suppress(CalendarError):
                        found.add(self._calendar(cell.target, priority))
        return frozenset(found)

    def lay_out(self, since: Instant, until: Instant) -> None:
        """Lay out every calendar that a cell may need. One that cannot be is told by the cell that needs it."""
        for name in self.calendars():
            with suppress(CalendarError):
                self.hours(name).table(since, until)

    def after(self, target: Target, start: Instant) -> Instant | None:
        """When a target that belongs to no priority, such as the time before a level opens, has passed since then."""
        hours = self.hours(self._calendar(target, None))
        return due.due_at(target, start, hours, self.terms.rules.days)

    def _promise(self, kind: Kind, priority: str, cell: Cell) -> Promise | None:
        target, rules = cell.target, self.terms.rules.days
        if target.within is Untimed.NONE:
            return None
        quantity = target.within if isinstance(target.within, Quantity) else None
        own = kind is not Kind.ESCALATION
        hours = self.hours(self._calendar(target, priority))
        return Promise(
            cell=cell,
            words=str(target),
            binding=not target.suggested,
            within=quantity,
            untimed=None if isinstance(target.within, Quantity) else _UNTIMED[target.within],
            open_time=hours,
            calendar=hours.name if quantity else None,
            rules=rules,
            seconds=due.open_seconds(quantity, rules) if quantity else None,
            starts=cell.starts if own else None,
            met_by=cell.met_by if own and cell.met_by else MET_BY[kind],
        )

    def _calendar(self, target: Target, priority: str | None) -> str:
        """The calendar of a target: its own, else `always` for minutes and hours and the plan's hours for the rest."""
        if target.on is not None:
            return target.on
        if not isinstance(target.within, Quantity) or target.within.on_always:
            return "always"
        hours = self.terms.hours
        name = hours.get(priority) if priority else next(iter(hours.values()), None)
        if name is None:
            raise CalendarError(
                f"the plan {self.terms.plan!r} names no hours, and {target} needs them"
            )
        return name

    def _holds(self, gate: Gate, facts: Facts, start: Instant) -> bool:
        for name in _ASKED:
            asked = getattr(gate, name)
            if asked and getattr(facts, name) not in asked:
                return False
        if not gate.flags <= (facts.flags or frozenset()):
            return False
        return gate.during is None or self.hours(gate.during).is_open(start)


@lru_cache(maxsize=4096)
def promises(terms: Terms) -> Promises:
    """The promises of a binding, compiled once."""
    return Promises(terms)
