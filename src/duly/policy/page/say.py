"""The language that a page is written in: English, unless whoever asks for the page gives another."""

import re
from decimal import Decimal
from typing import Protocol


class Say(Protocol):
    """Gives a phrase in the reader's language, or of two the one for a number; places in braces stay."""

    def __call__(self, phrase: str, many: str = "", number: int = 1, /) -> str:
        """Say it."""


def english(phrase: str, many: str = "", number: int = 1, /) -> str:
    """Say it as it was written."""
    return many if many and number != 1 else phrase


_SEPARATORS = re.compile(r"1(\D)234(\D)56")


def figure(stated: str, say: Say) -> str:
    """Say a number, or a sum with its currency, with the separators of the reader's language: `1,499.00 EUR`."""
    number, space, currency = stated.partition(" ")
    known = _SEPARATORS.search(say("1,234.56"))
    thousands, point = known.groups() if known else (",", ".")
    parts = {",": thousands, ".": point}
    said = "".join(parts.get(each, each) for each in f"{Decimal(number):,f}")
    return f"{said}{space}{currency}"


def percent(stated: object, say: Say) -> str:
    """Say a share of a hundred: `99.9 %`."""
    return f"{figure(str(stated), say)} %"


def phrase(words: str) -> str:
    """Mark a phrase for the translators that is said elsewhere."""
    return words


def numbered(one: str, many: str) -> tuple[str, str]:
    """Mark a phrase that depends on a number."""
    return one, many


WORDS = {
    "email": phrase("e-mail"),
    "phone": phrase("phone"),
    "chat": phrase("chat"),
    "web": phrase("web form"),
    "remote": phrase("remote session"),
    "channel": phrase("channel"),
    "environment": phrase("environment"),
    "component": phrase("component"),
    "contact": phrase("contact"),
    "requested": phrase("requested"),
    "region": phrase("region"),
    "flags": phrase("said of it"),
    "production": phrase("production"),
    "customer": phrase("the customer"),
    "third_party": phrase("third parties"),
    "unknown": phrase("unknown"),
    "ticket": phrase("ticket"),
    "month": phrase("month"),
    "quarter": phrase("quarter"),
    "year": phrase("year"),
    "incidents": phrase("incidents"),
    "guidance": phrase("guidance"),
    "licence_fee": phrase("licence fee"),
    "total_spend": phrase("total spend"),
    "priority": phrase("priority"),
    "technical_contact": phrase("technical contact"),
    "status": phrase("status page"),
    "included": phrase("included"),
    "by_contract": phrase("by contract"),
    "unlimited": phrase("unlimited"),
    "guaranteed": phrase("guaranteed"),
    "target": phrase("target"),
    "reasonable efforts": phrase("reasonable efforts"),
    "team": phrase("team"),
}
"""The words of the language that a page says as people do; any other is the policy's own."""


def word(name: str, say: Say) -> str:
    """Say a word of a policy."""
    return say(WORDS[name]) if name in WORDS else name.replace("_", " ")


def words(names: tuple[str, ...] | list[str], say: Say, between: str = ", ") -> str:
    """Say several."""
    return between.join(word(name, say) for name in names)
