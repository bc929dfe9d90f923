"""A promise as screens show it: one clock of a ticket, seen at an instant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from duly.core import instant, quantity
from duly.core.clock.values import Clock, Kind, State
from duly.core.instant import Instant


class Urgency(StrEnum):
    """How much a promise presses. A clock that nobody has to act on now is settled."""

    CALM = "calm"
    SOON = "soon"
    NOW = "now"
    MISSED = "missed"
    SETTLED = "settled"


NOW_SHARE = 4
"""The last quarter of the time that counts as soon, counts as now."""

_PRESSURE = (Urgency.MISSED, Urgency.NOW, Urgency.SOON, Urgency.CALM, Urgency.SETTLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What is due, how far it is, and in which words it was promised.

    `used` is the share of the time between start and due that is gone; `late_seconds` rises while a missed promise is
    still owed.
    """

    kind: Kind
    cycle: int
    state: State
    urgency: Urgency
    started_at: datetime
    due_at: datetime | None
    met_at: datetime | None
    remaining_seconds: int | None
    late_seconds: int | None
    used: float | None
    is_open_time: bool
    is_binding: bool
    target: str

    @property
    def is_owed(self) -> bool:
        """Whether somebody still has to act on it, now or once a pause ends."""
        return self.urgency is not Urgency.SETTLED or self.state is State.PAUSED


def promises_of(clocks: Iterable[Clock], at: Instant) -> tuple[Promise, ...]:
    """See the clocks of one ticket at an instant, the most pressing first; the numbers are core's.

    Of each kind only the latest cycle may still be owed: a missed update, say, is followed by the next.
    """
    clocks = tuple(clocks)
    latest = {clock.kind: clock for clock in sorted(clocks, key=lambda clock: clock.cycle)}
    return most_pressing_first(
        _promise(clock, at, is_latest=latest[clock.kind] is clock) for clock in clocks
    )


def _promise(clock: Clock, at: Instant, *, is_latest: bool) -> Promise:
    urgency = _urgency(clock, at) if is_latest else Urgency.SETTLED
    late = clock.late_seconds
    if urgency is Urgency.MISSED and clock.due_at is not None:
        late = at - clock.due_at
    return Promise(
        kind=clock.kind,
        cycle=clock.cycle,
        state=clock.state,
        urgency=urgency,
        started_at=instant.to_datetime(clock.started_at),
        due_at=_datetime(clock.due_at),
        met_at=_datetime(clock.met_at),
        remaining_seconds=clock.remaining_seconds,
        late_seconds=late,
        used=_used(clock, at),
        is_open_time=_counts_open_time(clock),
        is_binding=clock.binding,
        target=clock.target,
    )


def most_pressing_first(promises: Iterable[Promise]) -> tuple[Promise, ...]:
    """Order promises by urgency, those owed before those settled, and each group by its due instant."""
    return tuple(
        sorted(
            promises,
            key=lambda one: (
                not one.is_owed,
                _PRESSURE.index(one.urgency),
                one.due_at is None,
                one.due_at or one.started_at,
            ),
        )
    )


def _urgency(clock: Clock, at: Instant) -> Urgency:
    if clock.state is State.MISSED and clock.met_at is None and clock.ended_at is None:
        return Urgency.MISSED
    if clock.state is not State.RUNNING or clock.due_at is None:
        return Urgency.SETTLED
    if clock.soon_at is None or at < clock.soon_at:
        return Urgency.CALM
    if at < clock.due_at - (clock.due_at - clock.soon_at) // NOW_SHARE:
        return Urgency.SOON
    return Urgency.NOW


def _counts_open_time(clock: Clock) -> bool:
    """Whether the remaining seconds are hours of a calendar; days and weeks are told by the clock on the wall."""
    within = quantity.parse(clock.target).within
    hours = isinstance(within, quantity.Quantity) and within.seconds is not None
    return hours and clock.calendar != "always"


def _used(clock: Clock, at: Instant) -> float | None:
    if clock.due_at is None or clock.due_at <= clock.started_at:
        return None
    return min(max((at - clock.started_at) / (clock.due_at - clock.started_at), 0.0), 1.0)


def _datetime(at: Instant | None) -> datetime | None:
    return None if at is None else instant.to_datetime(at)
