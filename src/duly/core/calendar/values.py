"""What a policy says about open hours: frozen values, every name of a country already resolved to dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

DAY = 86_400
"""Seconds of a local day, clock changes apart."""


class Interval(NamedTuple):
    """Open hours within one local day, in seconds from its midnight; ``close <= open`` runs into the next day.

    ``24:00`` is 86400. Contract, section 2 rule 2.
    """

    open: int
    close: int

    @property
    def until(self) -> int:
        """The closing time counted from the midnight of the day on which the interval starts."""
        return self.close if self.close > self.open else self.close + DAY


Hours: TypeAlias = tuple[Interval, ...]
"""The intervals that start on one local date; empty when closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """The local dates on which no interval starts, unless they are excepted.

    Unknown holidays (`known` is False) remove nothing; the policy's checks warn. Contract, section 2 rule 6.
    """

    dates: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()
    """Month and day, every year."""
    exceptions: frozenset[date] = frozenset()
    known: bool = True

    def fall_on(self, day: date) -> bool:
        """Whether the local date is a holiday."""
        if day in self.exceptions:
            return False
        return day in self.dates or (day.month, day.day) in self.yearly


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Open hours in one IANA zone. `days` beats `holidays`, `holidays` beat `week`."""

    zone: str
    week: tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]
    """Monday first."""
    holidays: Holidays = field(default_factory=Holidays)
    days: Mapping[date, Hours] = field(default_factory=dict)
    business_days: frozenset[int] | None = None
    """The weekdays (Monday is 0) that count as open days; None: every date on which an interval starts."""

    def hours(self, day: date) -> Hours:
        """The intervals that start on a local date."""
        if day in self.days:
            return self.days[day]
        return () if self.holidays.fall_on(day) else self.week[day.weekday()]

    def counts(self, day: date) -> bool:
        """Whether a local date on which an interval starts is an open day."""
        return self.business_days is None or day.weekday() in self.business_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """Open hours made of other calendars, by name. Without a zone of its own no days can be counted on it."""

    op: Literal["union", "intersect", "complement"]
    parts: tuple[str, ...]
    """One name for a complement."""
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """The rule in force from a local date on; None: from the beginning."""

    from_on: date | None
    rule: "Calendar | Combined"


@dataclass(frozen=True, slots=True)
class Editions:
    """A calendar that changed. Each local date's intervals come from the last edition whose `from_on` it has reached;
    before the first `from_on` the calendar is closed.
    """

    editions: tuple[Edition, ...]
    """Sorted by `from_on`."""


Rule: TypeAlias = Calendar | Combined | Editions

_WHOLE_DAY: Hours = (Interval(0, DAY),)

ALWAYS = Calendar(
    zone="UTC",
    week=(
        _WHOLE_DAY,
        _WHOLE_DAY,
        _WHOLE_DAY,
        _WHOLE_DAY,
        _WHOLE_DAY,
        _WHOLE_DAY,
        _WHOLE_DAY,
    ),
)
"""The built-in calendar ``always``; its days are those of UTC."""
