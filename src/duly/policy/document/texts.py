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
_CAP = re.compile(r"\d+ (minutes?|hours?) per (month|quarter|year)")
_CHANNEL = re.compile(r"on request|\S+( on request)?")


def _form(code: str, pattern: re.Pattern[str], advice: str) -> AfterValidator:
    """Check a text against its grammar."""

    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise fault(code, f"`{value}` {advice}")
        return value

    return AfterValidator(check)


_TEXT_OR_NUMBER = WithJsonSchema({"type": ["string", "integer"]})

PriceText = Annotated[
    str,
    _form(
        "price",
        _PRICE,
        "is not a price; write included, by contract, 1499.00 EUR per month, billed yearly or "
        "8 % of licence_fee, from 60000 USD total_spend.",
    ),
]
Limit = Annotated[
    str,
    _form("limit", _LIMIT, "is not a limit; write 4 per month, 4 hours per ticket or unlimited."),
    _TEXT_OR_NUMBER,
]
Length = Annotated[str, _form("length", _LENGTH, "is not a length such as 8 hours or 30 days.")]
Cap = Annotated[str, _form("length", _CAP, "is not a cap such as 5 hours per month.")]
Channel = Annotated[
    str,
    _form(
        "channel",
        _CHANNEL,
        "are no hours; write a calendar's name, always, on request or office on request.",
    ),
]


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
