"""Credits: what is owed back when a promise of uptime or of responses was not kept in a period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from duly.core.clock.values import Kind
from duly.core.periods import Per
from duly.core.quote import CENT, HUNDRED


@dataclass(frozen=True, slots=True)
class UptimeBelow:
    """The uptime of a period was below a percentage."""

    percent: Decimal


@dataclass(frozen=True, slots=True)
class MissedOver:
    """More than `count` promises of a kind were missed in a period."""

    kind: Kind
    count: int
    per: Per


Condition: TypeAlias = UptimeBelow | MissedOver


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What is owed when a condition holds: a share of a fee, to be claimed within so many days (None: not stated)."""

    when: Condition
    percent: Decimal
    of: str
    claim_within_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a period came to: the exact uptime if there is one, and how many promises of each kind were missed."""

    uptime: Decimal | None = None
    missed: Mapping[Kind, int] = field(default_factory=dict)
    per: Per = Per.MONTH


@dataclass(frozen=True, slots=True)
class Owed:
    """A credit that is due, in cents; None when the fee is not known."""

    credit: Credit
    amount: Decimal | None


def owed(
    offers: Iterable[Credit], outcome: Outcome, fees: Mapping[str, Decimal]
) -> tuple[Owed, ...]:
    """The credits that a period earns. Of several bands for the same measure only the greatest share counts."""
    best: dict[object, Credit] = {}
    for credit in offers:
        measure = _measure(credit.when)
        if _holds(credit.when, outcome) and (
            measure not in best or credit.percent > best[measure].percent
        ):
            best[measure] = credit
    return tuple(Owed(credit, _amount(credit, fees)) for credit in best.values())


def _holds(condition: Condition, outcome: Outcome) -> bool:
    if isinstance(condition, UptimeBelow):
        return outcome.uptime is not None and outcome.uptime < condition.percent
    return condition.per is outcome.per and outcome.missed.get(condition.kind, 0) > condition.count


def _measure(condition: Condition) -> object:
    return "uptime" if isinstance(condition, UptimeBelow) else (condition.kind, condition.per)


def _amount(credit: Credit, fees: Mapping[str, Decimal]) -> Decimal | None:
    fee = fees.get(credit.of)
    return None if fee is None else (fee * credit.percent / HUNDRED).quantize(CENT, ROUND_HALF_UP)
