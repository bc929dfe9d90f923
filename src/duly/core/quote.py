"""What a price comes to: worked out step by step in exact decimals, rounded half up to cents once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import StrEnum

from duly.core.price import (
    Band,
    Bands,
    Basis,
    ByContract,
    Flat,
    From,
    Greatest,
    Included,
    Percent,
    PerUnit,
    Price,
    PriceError,
    ProRated,
    currency_of,
    minimums_of,
    parts,
    period_of,
)

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
NOTHING = Decimal(0)


class How(StrEnum):
    """What a step of the arithmetic does with its amounts."""

    INCLUDED = "included"
    """Nothing is paid."""
    FLAT = "flat"
    """The amount itself."""
    SHARE = "share"
    """Percent, sum."""
    BAND = "band"
    """Percent, the part of the sum that lies in the band."""
    BANDS = "bands"
    """The bands together."""
    PACKS = "packs"
    """Units, size of a pack, packs begun, price of one."""
    GREATEST = "greatest"
    """Each of the prices."""
    DAYS = "days"
    """Days active, days of the period, price of the whole."""
    UNITS = "units"
    """Units, price of one."""
    PERIODS = "periods"
    """Periods, price of one."""
    ROUNDED = "rounded"
    """The exact sum."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a sum: what it does, with which amounts, of what (a sum, a unit, a period), and what it comes to."""

    how: How
    amounts: tuple[Decimal, ...]
    result: Decimal
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a price comes to. Sums are in cents; `fee` is None when a contract decides."""

    fee: Decimal | None
    total: Decimal | None
    """Licence fee and support fee together, unless a total spend was given."""
    eligible: bool
    shortfall: Decimal
    currency: str | None
    per: str | None
    billed: str | None = None
    steps: tuple[Step, ...] = ()


def quote(price: Price, basis: Basis) -> Quote:
    """What a price comes to. Minimums are inclusive. Contract, sections 4 and 7.

    Raises:
        PriceError: the price needs a sum, a number of units or days that the basis lacks, or mixes currencies.
    """
    steps: list[Step] = []
    fee = rounded(worked_out(price, basis, steps), steps)
    total = total_of(fee, basis)
    shortfall = shortfall_of([price], basis, total)
    return Quote(
        fee=fee,
        total=total,
        eligible=shortfall <= 0,
        shortfall=max(shortfall, NOTHING).quantize(CENT, ROUND_HALF_UP),
        currency=currency_of([price]),
        per=period_of(price),
        billed=billed_of(price),
        steps=tuple(steps),
    )


def worked_out(price: Price, basis: Basis, steps: list[Step]) -> Decimal | None:  # noqa: PLR0911 - one arm a form
    """The exact fee, with its steps written behind `steps`; None as soon as a contract decides.

    Raises:
        PriceError: something that the price depends on is not in the basis.
    """
    match price:
        case Included():
            return _step(steps, How.INCLUDED, (), NOTHING)
        case ByContract():
            return None
        case Flat(amount=amount):
            return _step(steps, How.FLAT, (amount,), amount)
        case Percent(percent=percent, of=of):
            whole = _sum(basis, of)
            return _step(steps, How.SHARE, (percent, whole), whole * percent / HUNDRED, of)
        case Bands(of=of, bands=bands):
            return _banded(_sum(basis, of), bands, of, steps)
        case PerUnit():
            return _packed(price, basis, steps)
        case Greatest(of=prices):
            return _greatest([worked_out(part, basis, steps) for part in prices], steps)
        case ProRated(price=whole_price):
            return _pro_rated(worked_out(whole_price, basis, steps), basis, steps)
        case _:
            return worked_out(price.price, basis, steps)


def rounded(exact: Decimal | None, steps: list[Step]) -> Decimal | None:
    """Round half up to cents; a step only where that changes something."""
    if exact is None:
        return None
    fee = exact.quantize(CENT, ROUND_HALF_UP)
    if fee != exact:
        _step(steps, How.ROUNDED, (exact,), fee)
    return fee


def total_of(fee: Decimal | None, basis: Basis) -> Decimal | None:
    """What is spent in all: as stated, else licence fee and support fee together; None where neither is known."""
    licence = basis.sums.get("licence_fee")
    total = None if fee is None or licence is None else licence + fee
    total = basis.sums.get("total_spend", total)
    return None if total is None else total.quantize(CENT, ROUND_HALF_UP)


def shortfall_of(prices: list[Price], basis: Basis, total: Decimal | None) -> Decimal:
    """How much the customer's sums stay below what these prices ask for; at most nought when they reach it.

    Raises:
        PriceError: a minimum depends on a sum that is not known.
    """
    asked = [minimum for price in prices for minimum in minimums_of(price)]
    return max((_missing(minimum, basis, total) for minimum in asked), default=NOTHING)


def billed_of(price: Price) -> str | None:
    """How often it is billed, in the words of the policy."""
    return next((part.billed for part in parts(price) if isinstance(part, Flat)), None)


def with_units(basis: Basis, price: Price, units: int) -> Basis:
    """Let the units bought be what a price per unit counts."""
    named = {part.unit: Decimal(units) for part in parts(price) if isinstance(part, PerUnit)}
    own: Mapping[str, Decimal] = {**basis.units, **named}
    return replace(basis, units=own)


def times(
    fee: Decimal | None, number: Decimal, how: How, of: str, steps: list[Step]
) -> Decimal | None:
    """Take a fee several times; once is no step."""
    if fee is None or number == 1:
        return fee
    return _step(steps, how, (number, fee), fee * number, of)


def _step(
    steps: list[Step], how: How, amounts: tuple[Decimal, ...], result: Decimal, of: str = ""
) -> Decimal:
    steps.append(Step(how, amounts, result, of))
    return result


def _banded(whole: Decimal, bands: tuple[Band, ...], of: str, steps: list[Step]) -> Decimal:
    fees: list[Decimal] = []
    floor = NOTHING
    for band in bands:
        top = whole if band.up_to is None else min(whole, band.up_to)
        inside = max(NOTHING, top - floor)
        floor = max(floor, top)
        if inside:
            fee = inside * band.percent / HUNDRED
            fees.append(_step(steps, How.BAND, (band.percent, inside), fee, of))
    total = sum(fees, NOTHING)
    return total if len(fees) == 1 else _step(steps, How.BANDS, tuple(fees), total, of)


def _packed(price: PerUnit, basis: Basis, steps: list[Step]) -> Decimal:
    units, size = _units(basis, price.unit), Decimal(price.size)
    packs = (units / size).to_integral_value(ROUND_CEILING)
    amounts = (units, size, packs, price.amount)
    return _step(steps, How.PACKS, amounts, price.amount * packs, price.unit)


def _greatest(fees: list[Decimal | None], steps: list[Step]) -> Decimal | None:
    known = [fee for fee in fees if fee is not None]
    if len(known) < len(fees):
        return None
    return known[0] if len(known) == 1 else _step(steps, How.GREATEST, tuple(known), max(known))


def _pro_rated(fee: Decimal | None, basis: Basis, steps: list[Step]) -> Decimal | None:
    if fee is None or basis.days is None:
        return fee
    active, days = basis.days
    if not 0 <= active <= days or days == 0:
        raise PriceError(f"{active} days of {days} is no share of a period")
    amounts = (Decimal(active), Decimal(days), fee)
    return _step(steps, How.DAYS, amounts, fee * active / days)


def _missing(minimum: From, basis: Basis, total: Decimal | None) -> Decimal:
    if minimum.of != "total_spend":
        return minimum.minimum - _sum(basis, minimum.of)
    if total is None:
        raise PriceError("the price depends on total_spend; give it, or a licence_fee")
    return minimum.minimum - total


def _sum(basis: Basis, name: str) -> Decimal:
    if name not in basis.sums:
        raise PriceError(f"the price depends on {name}; give it")
    return basis.sums[name]


def _units(basis: Basis, name: str) -> Decimal:
    if name not in basis.units:
        raise PriceError(f"the price depends on the number of {name}; give it")
    return basis.units[name]
