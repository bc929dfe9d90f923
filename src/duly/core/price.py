"""Prices as a policy states them, in exact decimals, and what a customer brings to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias


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


class PriceError(ValueError):
    """A price needs a sum that was not given; the text names it."""


def parts(price: Price) -> list[Price]:
    """A price and all that it is made of."""
    match price:
        case Greatest(of=prices):
            return [price, *(part for inner in prices for part in parts(inner))]
        case ProRated(price=inner) | From(price=inner):
            return [price, *parts(inner)]
        case _:
            return [price]


def period_of(price: Price) -> str | None:
    """The period that a price is for, such as ``month``; None where it names none."""
    return next((per for part in parts(price) if (per := getattr(part, "per", None))), None)


def currency_of(prices: Iterable[Price]) -> str | None:
    """The currency of all prices together; None where none names one.

    Raises:
        PriceError: they are in several, so they have no sum.
    """
    inside = [part for price in prices for part in parts(price)]
    found = {currency for part in inside if (currency := getattr(part, "currency", None))}
    if len(found) > 1:
        raise PriceError(f"one price is in {' and '.join(sorted(found))}")
    return next(iter(found), None)


def minimums_of(price: Price) -> list[From]:
    """The sums that a customer has to reach before the price is open to them."""
    return [part for part in parts(price) if isinstance(part, From)]
