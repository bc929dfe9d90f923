"""Prices, limits and credits: from the words of a policy to core values."""

import re
from decimal import Decimal
from typing import Literal

from duly.core import price as core
from duly.core.allowance import Allowance, CarryOver
from duly.core.bill import Bought
from duly.core.clock.values import Kind
from duly.core.credits import Credit as CoreCredit
from duly.core.credits import MissedOver, UptimeBelow
from duly.core.instant import Seconds
from duly.core.periods import Per
from duly.core.uptime import Maintenance
from duly.core.uptime import Uptime as CoreUptime
from duly.policy.bind.plan import resolve
from duly.policy.document.plans import AllowanceTerms, Credit, Uptime
from duly.policy.document.read import Document
from duly.policy.document.subscription import Subscription
from duly.policy.document.texts import PriceTerms

_FLAT = re.compile(
    r"(?P<amount>[\d.]+) (?P<currency>[A-Z]{3})( per ((?P<size>\d+) )?(?P<per>\w+))?"
    r"(, billed (?P<billed>\w+))?"
)
_SHARE = re.compile(
    r"(?P<percent>[\d.]+) ?% of (?P<of>\w+)(, (?P<how>from|at least) (?P<minimum>[\d.]+) "
    r"(?P<currency>[A-Z]{3})( (?P<sum>\w+))?)?"
)
_WITHOUT_SUM: dict[str, core.Price] = {
    "included": core.Included(),
    "by contract": core.ByContract(),
}
PERIODS = frozenset({"day", "week", "month", "quarter", "year"})
SECONDS = {"minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_LIMIT = re.compile(
    r"(?P<limit>\d+|unlimited|unknown)( (?P<unit>minute|hour)s?)?( per (?P<per>\w+))?"
)
_UPTIME = re.compile(r"uptime below (?P<percent>[\d.]+)")
_MISSED = re.compile(r"missed (?P<kind>\w+) over (?P<count>\d+) per (?P<per>\w+)")


def price(stated: str | PriceTerms) -> core.Price | None:
    """Read a price; None when the policy does not know it or states it in words alone."""
    if isinstance(stated, str):
        return _price_text(stated)
    found: core.Price | None = None
    if stated.greatest:
        prices = tuple(each for each in map(_price_text, stated.greatest) if each is not None)
        found = core.Greatest(prices)
    elif stated.bands and stated.of and stated.currency:
        bands = tuple(core.Band(band.up_to, band.percent) for band in stated.bands)
        found = core.Bands(stated.of, bands, stated.currency, stated.per)
    return core.ProRated(found) if found and stated.pro_rating == "by_day" else found


def _price_text(text: str) -> core.Price | None:
    if text in _WITHOUT_SUM:
        return _WITHOUT_SUM[text]
    flat = _FLAT.fullmatch(text)
    if flat:
        amount, currency, per = Decimal(flat["amount"]), flat["currency"], flat["per"]
        if per is None or (per in PERIODS and not flat["size"]):
            return core.Flat(amount, currency, per, flat["billed"])
        return core.PerUnit(amount, currency, per, int(flat["size"] or 1))
    share = _SHARE.fullmatch(text)
    return _share(share) if share else None


def _share(share: re.Match[str]) -> core.Price:
    percent = core.Percent(Decimal(share["percent"]), share["of"])
    if not share["how"]:
        return percent
    minimum = Decimal(share["minimum"])
    if share["how"] == "from":
        return core.From(percent, minimum, share["currency"], share["sum"] or "total_spend")
    return core.Greatest((percent, core.Flat(minimum, share["currency"])))


def bought(document: Document, held: Subscription) -> tuple[Bought, ...]:
    """Give what a subscription pays for: its plan first, then each add-on.

    Raises:
        UnusableInputError: there is no such plan or add-on, or it is not for this plan.
    """
    plan = resolve(document, held).plan.price
    addons = document.policy.addons
    stated = [(each.addon, addons[each.addon].price, int(each.units)) for each in held.addons]
    return (
        Bought(held.plan, price(plan) if plan else None),
        *(Bought(key, price(text) if text else None, units) for key, text, units in stated),
    )


def allowance(stated: str | AllowanceTerms, zone: str) -> Allowance | None:
    """Read an allowance; None when there is nothing to count. `zone` is that of the plan's hours."""
    terms = stated if isinstance(stated, AllowanceTerms) else AllowanceTerms(limit=stated)
    match = _LIMIT.fullmatch(terms.limit or "unknown")
    if match is None or match["limit"] == "unknown":
        return None
    unit, per = match["unit"], terms.per or match["per"]
    carried = terms.carry_over
    number = int(match["limit"]) if match["limit"] != "unlimited" else None
    counts: Literal["tickets", "minutes"] = "minutes" if unit else "tickets"
    if counts == "tickets" and per in (None, "ticket"):
        return None
    return Allowance(
        limit=number * 60 if number is not None and unit == "hour" else number,
        counts=counts,
        per=Per(per) if per and per != "ticket" else None,
        zone=terms.zone or zone,
        beyond=terms.beyond,
        carry_over=CarryOver(int(carried.percent), Per(carried.expires)) if carried else None,
    )


def seconds(text: str) -> Seconds:
    """Read ``8 hours`` as elapsed time."""
    number, unit = text.split()[:2]
    return int(number) * SECONDS[unit.removesuffix("s")]


def uptime(stated: Uptime) -> CoreUptime | None:
    """Read a promise of uptime; None when it is counted per something else than a period."""
    if stated.target is None or stated.per == "ticket":
        return None
    announced, maintenance = stated.maintenance, None
    if announced:
        maintenance = Maintenance(
            notice=seconds(announced.notice) if announced.notice else 0,
            at_most=seconds(announced.at_most) if announced.at_most else None,
        )
    return CoreUptime(
        target=stated.target,
        per=Per(stated.per),
        zone=stated.zone or "UTC",
        denominator=stated.denominator,
        maintenance=maintenance,
    )


def credit(stated: Credit) -> CoreCredit | None:
    """Read a credit that can be computed; None when it is only printed."""
    if stated.percent is None or stated.of is None:
        return None
    claim = -(-seconds(stated.claim_within) // SECONDS["day"]) if stated.claim_within else None
    below, missed = _UPTIME.fullmatch(stated.when), _MISSED.fullmatch(stated.when)
    if below:
        when: UptimeBelow | MissedOver = UptimeBelow(Decimal(below["percent"]))
    elif missed and missed["kind"] in set(Kind) and missed["per"] in set(Per):
        when = MissedOver(Kind(missed["kind"]), int(missed["count"]), Per(missed["per"]))
    else:
        return None
    return CoreCredit(when=when, percent=stated.percent, of=stated.of, claim_within_days=claim)
