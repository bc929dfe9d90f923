"""What a plan and its add-ons come to together: each worked out for itself, for a period, then added up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from duly.core.price import (
    Bands,
    Basis,
    From,
    Percent,
    PerUnit,
    Price,
    PriceError,
    ProRated,
    currency_of,
    parts,
    period_of,
)
from duly.core.quote import (
    CENT,
    NOTHING,
    How,
    Step,
    billed_of,
    rounded,
    shortfall_of,
    times,
    total_of,
    with_units,
    worked_out,
)

MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""The periods of prices that months are made of."""

Months: TypeAlias = int | None


@dataclass(frozen=True, slots=True)
class Bought:
    """A plan or an add-on with its price; None where the policy publishes none.

    `units` are the number of what the price counts (``per 3 contacts``); any other price is paid that many times.
    Without them the basis says what is counted, as for a plan.
    """

    key: str
    price: Price | None
    units: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one thing comes to, in cents; None where a contract decides or nothing is published."""

    key: str
    units: int | None
    fee: Decimal | None
    is_published: bool
    billed: str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """All lines and their sum."""

    lines: tuple[Line, ...]
    known: Decimal
    """The sum of the lines that have one."""
    fee: Decimal | None
    """The same, but None while any line has none."""
    total: Decimal | None
    """Licence fee and support fee together, unless a total spend was given."""
    eligible: bool
    shortfall: Decimal
    currency: str | None
    per: str | None
    """The period that the sum is for; None where the prices name none, or when months were given."""
    months: Months


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a customer has to say before prices have a sum."""

    sums: tuple[str, ...]
    units: tuple[str, ...]
    minimums: tuple[From, ...]
    by_day: bool
    months: Months
    """The number of months that any length of time must be a multiple of; None where no price is for a period."""


def needs(bought: Sequence[Bought]) -> Needs:
    """Find what the first thing, the plan, and all that is bought with it depend on."""
    prices = [each.price for each in bought if each.price is not None]
    inside = [part for price in prices for part in parts(price)]
    plan = parts(bought[0].price) if bought[0].price else []
    minimums = tuple(part for part in inside if isinstance(part, From))
    sums = [part.of for part in inside if isinstance(part, Percent | Bands)]
    sums += [each.of for each in minimums if each.of != "total_spend"]
    periods = [MONTHS[per] for price in prices if (per := _longest(price)) in MONTHS]
    return Needs(
        sums=tuple(dict.fromkeys(sums)),
        units=tuple(dict.fromkeys(part.unit for part in plan if isinstance(part, PerUnit))),
        minimums=minimums,
        by_day=any(isinstance(part, ProRated) for part in inside),
        months=max(periods, default=None),
    )


def bill(bought: Sequence[Bought], basis: Basis, months: Months = None) -> Bill:
    """Add up what is bought: for so many months, or for the one period that all prices name.

    Raises:
        PriceError: a price depends on something that the basis lacks, the prices are in several currencies or for
            several periods, or the months are no whole number of one.
    """
    prices = [each.price for each in bought if each.price is not None]
    currency, per = currency_of(prices), _period(prices, months)
    lines = tuple(_line(each, basis, months) for each in bought)
    fees = [line.fee for line in lines if line.fee is not None]
    known = sum(fees, NOTHING)
    fee = known if len(fees) == len(lines) else None
    shortfall = shortfall_of(prices, basis, total_of(known, basis))
    return Bill(
        lines=lines,
        known=known,
        fee=fee,
        total=total_of(fee, basis),
        eligible=shortfall <= 0,
        shortfall=max(shortfall, NOTHING).quantize(CENT, ROUND_HALF_UP),
        currency=currency,
        per=per,
        months=months if per is None and any(map(period_of, prices)) else None,
    )


def _line(each: Bought, basis: Basis, months: Months) -> Line:
    steps: list[Step] = []
    fee: Decimal | None = None
    if each.price is not None:
        fee = _bought(each.price, each, basis, steps)
        number = _periods(each.price, basis, months)
        fee = times(fee, number, How.PERIODS, period_of(each.price) or "", steps)
    return Line(
        key=each.key,
        units=each.units,
        fee=rounded(fee, steps),
        is_published=each.price is not None,
        billed=billed_of(each.price) if each.price else None,
        steps=tuple(steps),
    )


def _bought(price: Price, each: Bought, basis: Basis, steps: list[Step]) -> Decimal | None:
    if each.units is None:
        return worked_out(price, basis, steps)
    if any(isinstance(part, PerUnit) for part in parts(price)):
        return worked_out(price, with_units(basis, price, each.units), steps)
    return times(worked_out(price, basis, steps), Decimal(each.units), How.UNITS, each.key, steps)


def _periods(price: Price, basis: Basis, months: Months) -> Decimal:
    per = period_of(price)
    if per is None or months is None:
        return Decimal(1)
    if basis.days is not None and any(isinstance(part, ProRated) for part in parts(price)):
        raise PriceError("days are a part of one period: leave the months out")
    if per not in MONTHS or months % MONTHS[per]:
        raise PriceError(f"{months} months are no whole number of {per}s")
    return Decimal(months // MONTHS[per])


def _period(prices: Sequence[Price], months: Months) -> str | None:
    """The one period that prices are for; none once they were taken for so many months."""
    found = {per for price in prices if (per := period_of(price))}
    if months is not None and found <= MONTHS.keys():
        return None
    if len(found) > 1:
        raise PriceError(
            f"these prices are per {' and per '.join(sorted(found))}; say for how many months"
        )
    return next(iter(found), None)


def _longest(price: Price) -> str | None:
    """The longer of the period that a price is for and the one in which it is billed."""
    billed = {"monthly": "month", "quarterly": "quarter", "yearly": "year"}.get(
        billed_of(price) or ""
    )
    named = [per for per in (period_of(price), billed) if per in MONTHS]
    return max(named, key=lambda per: MONTHS[per or "month"], default=None)
