"""Prices, limits and lengths in words."""

import re

from duly.policy.document.texts import AMOUNT, MONEY, PriceTerms
from duly.policy.page.quantities import target_in_words
from duly.policy.page.say import Say, figure, percent, phrase, word

_SHARE = re.compile(
    rf"(?P<percent>{AMOUNT}) ?% of (?P<of>\w+)(, from (?P<sum>{MONEY}) (?P<spent>\w+)|, at least (?P<least>{MONEY}))?"
)
_SUM = re.compile(
    rf"(?P<sum>{MONEY})( per (?P<count>\d+ )?(?P<per>\w+))?(, billed (?P<billed>\w+))?"
)
_LIMIT = re.compile(r"(?P<amount>[\w ]+?)( per (?P<per>\w+))?")
BILLED = {
    "monthly": phrase("billed monthly"),
    "quarterly": phrase("billed quarterly"),
    "yearly": phrase("billed yearly"),
}


def price_in_words(price: str | PriceTerms | None, say: Say) -> str:
    """Say a price as the policy states it; nothing where it states none."""
    if price is None or isinstance(price, str):
        return _text(price or "", say)
    said = ""
    if price.greatest:
        each = "; ".join(price_in_words(one, say) for one in price.greatest)
        said = say("the greatest of {prices}").format(prices=each)
    elif price.bands:
        bands = ", ".join(_band(band.percent, band.up_to, say) for band in price.bands)
        said = say("of {what}: {bands}").format(what=word(price.of or "", say), bands=bands)
    extra = [price.terms, say("by the day") if price.pro_rating == "by_day" else None]
    return ", ".join(part for part in (said, *extra) if part)


def limit_in_words(stated: str, say: Say) -> str:
    """Say a limit such as `4 hours per ticket` or `unlimited`."""
    found = _LIMIT.fullmatch(stated)
    if found is None:
        return stated
    said = target_in_words(found["amount"], say)
    said = word(said, say) if said == found["amount"] else said
    return per(said, found["per"], say) if found["per"] else said


def per(said: str, period: str, say: Say) -> str:
    """Say so much for each period."""
    return say("{limit} per {period}").format(limit=said, period=word(period, say))


def _text(price: str, say: Say) -> str:
    if share := _SHARE.fullmatch(price):
        of = word(share["of"], say)
        said = say("{share} of {what}").format(share=percent(share["percent"], say), what=of)
        if share["sum"]:
            spent = word(share["spent"], say)
            said += ", " + say("from {sum} {what}").format(
                sum=figure(share["sum"], say), what=spent
            )
        if share["least"]:
            said += ", " + say("at least {sum}").format(sum=figure(share["least"], say))
        return said
    if found := _SUM.fullmatch(price):
        said = figure(found["sum"], say)
        if found["per"]:
            said = per(said, f"{found['count'] or ''}{word(found['per'], say)}", say)
        if found["billed"]:
            said += ", " + _billed(found["billed"], say)
        return said
    return word(price.replace(" ", "_"), say)


def _billed(rhythm: str, say: Say) -> str:
    return say(BILLED[rhythm]) if rhythm in BILLED else f"billed {rhythm}"


def _band(part: object, up_to: object, say: Say) -> str:
    share = percent(part, say)
    if up_to:
        return say("{share} up to {sum}").format(share=share, sum=figure(str(up_to), say))
    return say("{share} of the rest").format(share=share)
