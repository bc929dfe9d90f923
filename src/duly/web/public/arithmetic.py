"""The steps of a price in words, and its amounts as the reader's language writes money."""

from decimal import Decimal

from babel.numbers import format_currency
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duly.core.quote import CENT, How, Step
from duly.web.words import Reader, number

FINE = Decimal("0.000001")


def money(amount: Decimal, currency: str | None, reader: Reader) -> str:
    """Write an amount with its cents, and with up to six digits where it has more: `€1,499.00`, `1.499,00 €`."""
    exact = amount.normalize() if amount != amount.quantize(CENT) else amount.quantize(CENT)
    exact = min(exact, exact.quantize(FINE), key=lambda each: len(each.as_tuple().digits))
    if currency is None:
        return number(exact, reader)
    return format_currency(exact, currency, locale=reader.locale, decimal_quantization=False)


MONEY = frozenset({"sum", "price"})
AMOUNTS: dict[How, tuple[str, ...]] = {
    How.SHARE: ("percent", "sum"),
    How.BAND: ("percent", "sum"),
    How.PACKS: ("n", "size", "packs", "price"),
    How.DAYS: ("active", "days", "price"),
    How.UNITS: ("n", "price"),
    How.PERIODS: ("n", "price"),
}
"""What the amounts of a step are called in its sentence."""


def step_words(step: Step, currency: str | None, reader: Reader) -> str:
    """Say what a step does with its amounts; what it comes to stands beside it."""
    facts = {"of": noun(step.of)}
    for name, amount in zip(AMOUNTS.get(step.how, ()), step.amounts, strict=False):
        facts[name] = money(amount, currency, reader) if name in MONEY else number(amount, reader)
    if step.how is How.GREATEST:
        facts["prices"] = " / ".join(money(each, currency, reader) for each in step.amounts)
    return _sentence(step) % facts


def _sentence(step: Step) -> str:
    if step.how is How.PERIODS:
        return _periods(step.of, int(step.amounts[0]))
    if step.how is How.PACKS and step.amounts[1] == 1:
        return _("%(n)s times %(price)s (%(of)s)")
    return {
        How.INCLUDED: _("Included, nothing is paid for it"),
        How.FLAT: _("Price as published"),
        How.SHARE: _("%(percent)s %% of %(sum)s (%(of)s)"),
        How.BAND: _("%(percent)s %% of the %(sum)s in this band (%(of)s)"),
        How.BANDS: _("The bands together"),
        How.PACKS: _("%(n)s (%(of)s) in packs of %(size)s: %(packs)s begun, each %(price)s"),
        How.GREATEST: _("The greatest of %(prices)s"),
        How.DAYS: _("%(active)s of %(days)s days of %(price)s"),
        How.UNITS: _("%(n)s times %(price)s"),
        How.ROUNDED: _("Rounded half up to cents"),
    }[step.how]


def _periods(period: str, count: int) -> str:
    if period == "year":
        return ngettext("%(n)s year of %(price)s", "%(n)s years of %(price)s", count)
    if period == "quarter":
        return ngettext("%(n)s quarter of %(price)s", "%(n)s quarters of %(price)s", count)
    return ngettext("%(n)s month of %(price)s", "%(n)s months of %(price)s", count)


def length(months: int) -> str:
    """Say a number of months, in years where it is some."""
    if months % 12 == 0:
        years = months // 12
        return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
    return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}


def noun(key: str) -> str:
    """Name a sum or a unit that prices depend on; what only a policy knows is called as there."""
    known = {
        "licence_fee": _("licence fee"),
        "total_spend": _("total spend"),
        "contacts": _("contacts"),
        "incident": _("incident"),
        "hour": _("hour"),
        "seat": _("seat"),
    }
    return known.get(key, key.replace("_", " "))


def per_words(period: str | None) -> str:
    """Say for what time a sum is."""
    known = {
        "month": _("per month"),
        "quarter": _("per quarter"),
        "year": _("per year"),
        "week": _("per week"),
        "day": _("per day"),
    }
    return known.get(period or "", "")


def billed_words(billed: str | None) -> str:
    """Say how often it is billed."""
    known = {
        "monthly": _("billed monthly"),
        "quarterly": _("billed quarterly"),
        "yearly": _("billed yearly"),
    }
    return known.get(billed or "", billed or "")
