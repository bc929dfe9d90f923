"""What support costs: prices as a policy states them, in exact decimals, rounded half up to cents once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import TypeAlias

CENT = Decimal("0.01")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Included:
    """Paid with the product."""


@dataclass(frozen=True, slots=True)
class ByContract:
    """Agreed one by one; no sum follows from the policy."""


@dataclass(frozen=True, slots=True)
class Flat:
    """A fixed sum: ``1499.00 EUR per month, billed yearly``."""

    amount: Decimal
    currency: str
    per: str | None = None
    billed: str | None = None


@dataclass(frozen=True, slots=True)
class Percent:
    """A share of another sum, e.g. of ``licence_fee``."""

    percent: Decimal
    of: str
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """Up to and including `up_to` of a sum (None: all the rest), a share of the part that lies in the band."""

    up_to: Decimal | None
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Bands:
    """A share that changes with the sum; each part is charged at the rate of its own band."""

    of: str
    bands: tuple[Band, ...]
    currency: str
    per: str | None = None


@dataclass(frozen=True, slots=True)
class PerUnit:
    """A sum for each started pack of `size` units: contacts in packs, incidents, hours."""

    amount: Decimal
    currency: str
    unit: str
    size: int = 1


@dataclass(frozen=True, slots=True)
class Greatest:
    """The greatest of several prices, such as a minimum and a share."""

    of: tuple["Price", ...]


@dataclass(frozen=True, slots=True)
class ProRated:
    """A price of a period, by the share of its days on which the subscription was active."""

    price: "Price"


@dataclass(frozen=True, slots=True)
class From:
    """A price for those whose sum `of` reaches a minimum: ``from 60000 USD total_spend``. It is no floor on the fee."""

    price: "Price"
    minimum: Decimal
    currency: str
    of: str = "total_spend"


Price: TypeAlias = (
    Included | ByContract | Flat | Percent | Bands | PerUnit | Greatest | ProRated | From
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a customer brings: sums by name (``licence_fee``, ``total_spend``), units by name, days active of days."""

    sums: Mapping[str, Decimal] = field(default_factory=dict)
    units: Mapping[str, Decimal] = field(default_factory=dict)
    days: tuple[int, int] | None = None


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


class PriceError(ValueError):
    """A price needs a sum that was not given; the text names it."""


def quote(price: Price, basis: Basis) -> Quote:
    """What a price comes to. Minimums are inclusive. Contract, sections 4 and 7.

    Raises:
        PriceError: the price needs a sum, a number of units or days that the basis lacks, or mixes currencies.
    """
    exact = _fee(price, basis)
    fee = None if exact is None else exact.quantize(CENT, ROUND_HALF_UP)
    total = _total(fee, basis)
    shortfall = max(
        (_shortfall(minimum, basis, total) for minimum in _minimums(price)), default=Decimal(0)
    )
    stated = [flat for flat in _parts(price) if isinstance(flat, Flat)]
    return Quote(
        fee=fee,
        total=None if total is None else total.quantize(CENT, ROUND_HALF_UP),
        eligible=shortfall <= 0,
        shortfall=max(shortfall, Decimal(0)).quantize(CENT, ROUND_HALF_UP),
        currency=_currency(price),
        per=next((per for part in _parts(price) if (per := getattr(part, "per", None))), None),
        billed=stated[0].billed if stated else None,
    )


def _fee(price: Price, basis: Basis) -> Decimal | None:  # noqa: PLR0911 - one arm for each form of price
    """The exact fee; None as soon as a contract decides."""
    match price:
        case Included():
            return Decimal(0)
        case ByContract():
            return None
        case Flat(amount=amount):
            return amount
        case Percent(percent=percent, of=of):
            return _sum(basis, of) * percent / HUNDRED
        case Bands(of=of, bands=bands):
            return _banded(_sum(basis, of), bands)
        case PerUnit():
            packs = (_units(basis, price.unit) / price.size).to_integral_value(ROUND_CEILING)
            return price.amount * packs
        case Greatest(of=prices):
            fees = [_fee(part, basis) for part in prices]
            return None if None in fees else max(fee for fee in fees if fee is not None)
        case ProRated(price=whole):
            return _pro_rated(_fee(whole, basis), basis)
        case _:
            return _fee(price.price, basis)


def _banded(amount: Decimal, bands: tuple[Band, ...]) -> Decimal:
    fee, floor = Decimal(0), Decimal(0)
    for band in bands:
        top = amount if band.up_to is None else min(amount, band.up_to)
        fee += max(Decimal(0), top - floor) * band.percent / HUNDRED
        floor = max(floor, top)
    return fee


def _pro_rated(fee: Decimal | None, basis: Basis) -> Decimal | None:
    if fee is None or basis.days is None:
        return fee
    active, days = basis.days
    if not 0 <= active <= days or days == 0:
        raise PriceError(f"{active} days of {days} is no share of a period")
    return fee * active / days


def _total(fee: Decimal | None, basis: Basis) -> Decimal | None:
    if "total_spend" in basis.sums:
        return basis.sums["total_spend"]
    licence = basis.sums.get("licence_fee")
    return None if fee is None or licence is None else licence + fee


def _shortfall(minimum: From, basis: Basis, total: Decimal | None) -> Decimal:
    if minimum.of != "total_spend":
        return minimum.minimum - _sum(basis, minimum.of)
    if total is None:
        raise PriceError("the price depends on total_spend; give it, or a licence_fee")
    return minimum.minimum - total


def _parts(price: Price) -> list[Price]:
    """A price and all that it is made of."""
    match price:
        case Greatest(of=prices):
            return [price, *(part for inner in prices for part in _parts(inner))]
        case ProRated(price=inner) | From(price=inner):
            return [price, *_parts(inner)]
        case _:
            return [price]


def _minimums(price: Price) -> list[From]:
    return [part for part in _parts(price) if isinstance(part, From)]


def _currency(price: Price) -> str | None:
    found = {currency for part in _parts(price) if (currency := getattr(part, "currency", None))}
    if len(found) > 1:
        raise PriceError(f"one price is in {' and '.join(sorted(found))}")
    return next(iter(found), None)


def _sum(basis: Basis, name: str) -> Decimal:
    if name not in basis.sums:
        raise PriceError(f"the price depends on {name}; give it")
    return basis.sums[name]


def _units(basis: Basis, name: str) -> Decimal:
    if name not in basis.units:
        raise PriceError(f"the price depends on the number of {name}; give it")
    return basis.units[name]
