"""Comparing promises by what they mean: when each would be due, for reports all over a fortnight."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from duly.core.clock.values import Kind
from duly.core.due import due_at
from duly.core.instant import Instant
from duly.core.open_time import OpenTime
from duly.core.quantity import Quantity
from duly.core.terms import Cell, Terms
from duly.policy.bind.terms import bind
from duly.policy.document.read import Document, read_source
from duly.policy.document.subscription import Subscription, subscription
from duly.policy.problems import UnusableInputError
from duly.policy.reading.source import Data

MONDAY: Instant = 1_781_481_600
"""2026-06-15T00:00:00Z, a Monday far from clock changes."""
STARTS = tuple(MONDAY + hour * 3600 for hour in range(0, 14 * 24, 5))
"""Every five hours for two weeks, so that each hour of a day and each weekday is met."""

CUSTOMER = {"zone": "UTC", "week": {"mon-fri": "09:00-17:00"}}


@dataclass(slots=True)
class Meaning:
    """The promises of one plan as instants."""

    terms: Terms
    hours: dict[str, OpenTime] = field(default_factory=dict)

    def cell(self, kind: Kind, priority: str) -> Cell | None:
        """Find the cell that holds for a report that states nothing."""
        cells = self.terms.targets.get(kind, {}).get(priority, ())
        return next((cell for cell in cells if cell.when is None), None)

    def due(self, kind: Kind, priority: str, start: Instant) -> Instant | None:
        """Compute when a promise would be due; None when it has no due instant."""
        cell = self.cell(kind, priority)
        if cell is None or not isinstance(cell.target.within, Quantity):
            return None
        stated = cell.target.on or self.terms.hours.get(priority, "always")
        name = "always" if cell.target.within.on_always and not cell.target.on else stated
        if name not in self.hours:
            self.hours[name] = OpenTime(name, self.terms.calendars)
        return due_at(cell.target, start, self.hours[name], self.terms.rules.days)


def meaning(document: Document, plan: str) -> Meaning | None:
    """Bind a plan for a stand-in customer; None when it cannot be bound."""
    try:
        return Meaning(bind(without_holidays(document), stand_in(document, plan)))
    except UnusableInputError:
        return None


def stand_in(document: Document, plan: str) -> Subscription:
    """Make up a customer: office hours in UTC, and the first of every choice."""
    choices = {name: choice.of[0] for name, choice in document.policy.choices.items()}
    given = {"plan": plan, "choices": choices, "calendars": {"customer": CUSTOMER}}
    return subscription(given)


def without_holidays(document: Document) -> Document:
    """Leave the holidays of countries out: they change no comparison and take long to load."""
    return read_source(replace(document.source, data=_undated(document.source.data)))


def _undated(data: Data) -> Data:
    if isinstance(data, list):
        return [_undated(value) for value in data]
    if not isinstance(data, dict):
        return data
    return {
        key: {**value, "dates": []}
        if key == "holidays" and isinstance(value, dict)
        else _undated(value)
        for key, value in data.items()
    }


def later(
    one: Meaning, other: Meaning, kind: Kind, priority: str, than: Kind | None = None
) -> Iterator[tuple[Instant, Instant, Instant]]:
    """Yield (reported, due under `one`, due under `other`) wherever `one` is later."""
    for start in STARTS:
        first, second = one.due(kind, priority, start), other.due(than or kind, priority, start)
        if first is not None and second is not None and first > second:
            yield start, first, second
