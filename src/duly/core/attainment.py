"""Attainment: the share of promises kept, from settled clocks; what binds and what is suggested are told apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from duly.core.clock.values import Clock, State

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Share:
    """So many promises kept of so many that were settled."""

    kept: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        """To a tenth of a percent, floored: 1999 kept of 2000 is 99.9. None when nothing was settled."""
        return (
            (Decimal(100 * self.kept) / self.of).quantize(TENTH, ROUND_FLOOR) if self.of else None
        )


@dataclass(frozen=True, slots=True)
class Attainment:
    """What was kept of the promises that bind, and of those that were only suggested."""

    contractual: Share
    suggested: Share


def attainment(clocks: Iterable[Clock]) -> Attainment:
    """Count the promises that came to an end. Only a clock that is met or missed and had a due instant is one: what is
    superseded, void, best effort or continuous promised no instant that could be kept.
    """
    settled = [
        clock
        for clock in clocks
        if clock.state in (State.MET, State.MISSED) and clock.due_at is not None
    ]
    return Attainment(
        _share(clock for clock in settled if clock.binding),
        _share(clock for clock in settled if not clock.binding),
    )


def _share(clocks: Iterable[Clock]) -> Share:
    states = [clock.state for clock in clocks]
    return Share(states.count(State.MET), len(states))
