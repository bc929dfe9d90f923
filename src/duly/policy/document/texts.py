"""Short texts with a grammar of their own: prices, limits, lengths and channel hours."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, WithJsonSchema

from duly.policy.document.base import Name, Number, Part, Text
from duly.policy.document.fault import fault
from duly.policy.document.tagged import MAPPING, TEXT, form

AMOUNT = r"\d+(\.\d+)?"
MONEY = rf"{AMOUNT} [A-Z]{{3}}"
_PRICE = re.compile(
    rf"included|by contract|unknown"
    rf"|{AMOUNT} ?% of \w+(, from {MONEY} \w+|, at least {MONEY})?"
    rf"|{MONEY}( per (\d+ )?\w+)?(, billed \w+)?"
)
_LIMIT = re.compile(
    r"(unlimited|unknown|\d+( (minutes?|hours?))?)( per (ticket|month|quarter|year))?"
)
_LENGTH = re.compile(r"\d+ (minutes?|hours?|days?|weeks?)")
_PER = re.compile(r"\d+ (minutes?|hours?) per (month|quarter|year)")


def _price(value: str) -> str:
    if not _PRICE.fullmatch(value):
        raise fault(
            "price",
            f"`{value}` is not a price; write included, by contract, 1499.00 EUR per month, billed "
            "yearly or 8 % of licence_fee, from 60000 USD total_spend.",
        )
    return value


def _limit(value: str) -> str:
    if not _LIMIT.fullmatch(value):
        raise fault(
            "limit",
            f"`{value}` is not a limit; write 4 per month, 4 hours per ticket or unlimited.",
        )
    return value


def _length(value: str) -> str:
    if not _LENGTH.fullmatch(value):
        raise fault("length", f"`{value}` is not a length of time such as 8 hours or 30 days.")
    return value


def _per(value: str) -> str:
    if not _PER.fullmatch(value):
        raise fault("length", f"`{value}` is not a cap such as 5 hours per month.")
    return value


_CHANNEL = re.compile(r"(none|on request|\S+?|\S+ on request)")


def _channel(value: str) -> str:
    if not _CHANNEL.fullmatch(value):
        raise fault(
            "channel",
            f"`{value}`: write a calendar's name, always, on request or office on request.",
        )
    return value


PriceText = Annotated[str, AfterValidator(_price)]
Limit = Annotated[str, AfterValidator(_limit), WithJsonSchema({"type": ["string", "integer"]})]
Length = Annotated[str, AfterValidator(_length)]
Duration = Length
SpanOfTime = Annotated[str, AfterValidator(_per)]
Channel = Annotated[str, AfterValidator(_channel)]


class Band(Part):
    """A share of the part of an amount up to a limit; the last band has no limit."""

    up_to: Number | None = None
    percent: Number


class PriceTerms(Part):
    """A price that takes more than a text."""

    named = "a price"
    greatest: tuple[PriceText, ...] = ()
    bands: tuple[Band, ...] = ()
    of: Name | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    per: Name | None = None
    billed: Literal["monthly", "quarterly", "yearly"] | None = None
    pro_rating: Literal["by_day", "none"] | None = None
    terms: Text | None = None


Price = Annotated[
    Annotated[PriceText, Tag(TEXT)] | Annotated[PriceTerms, Tag(MAPPING)], Discriminator(form)
]
