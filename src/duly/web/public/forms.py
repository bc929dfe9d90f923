"""What somebody who asks for a price says: plan, add-ons, and the sums and numbers that the prices depend on."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from duly.desk.queries.quoting import Offer

LENGTHS = (1, 3, 6, 12, 24, 36)
"""Months that are offered, as far as the prices allow."""
MOST_UNITS = 100_000


class Wish(forms.Form):
    """The fields follow from what is chosen; nothing is required, for an address may name the half of it."""

    def __init__(self, offer: Offer, typed: Mapping[str, str]) -> None:
        super().__init__(typed)
        self.offer = offer
        self.needed = [f"sum-{name}" for name in offer.needs.sums]
        self.needed += [f"count-{name}" for name in offer.needs.units]
        for name in offer.needs.sums:
            self.fields[f"sum-{name}"] = _money()
        for name in offer.needs.units:
            self.fields[f"count-{name}"] = _number()
        if any(each.of == "total_spend" for each in offer.needs.minimums):
            self.fields["sum-total_spend"] = _money()
        if offer.needs.months:
            self.fields["months"] = forms.TypedChoiceField(
                coerce=int, empty_value=None, required=False, choices=self.lengths
            )
        if offer.needs.by_day:
            self.fields["days"], self.fields["period"] = _number(), _number()

    def lengths(self) -> Iterator[tuple[int, str]]:
        """The lengths of time that are whole numbers of every period."""
        for months in LENGTHS:
            if months % (self.offer.needs.months or 1) == 0:
                yield months, str(months)

    def is_complete(self) -> bool:
        """Whether all that the price depends on is there."""
        return self.is_valid() and all(self.cleaned_data[name] is not None for name in self.needed)

    def amounts(self, kind: str) -> dict[str, Decimal]:
        """The sums, or the numbers, that were given, by the names that the policy has for them."""
        stated = ((name.split("-", 1), value) for name, value in self.cleaned_data.items())
        return {
            of[1]: Decimal(value) for of, value in stated if of[0] == kind and value is not None
        }

    def days(self) -> tuple[int, int] | None:
        """Days active, of the days of the period; only both together say something."""
        active, period = self.cleaned_data.get("days"), self.cleaned_data.get("period")
        return None if active is None or period is None else (active, period)

    def months(self) -> int | None:
        """The months asked for, at first the shortest time; none where prices are for no period or for days of one."""
        if self.offer.needs.months is None or self.days():
            return None
        return self.cleaned_data["months"] or self.offer.needs.months


def _money() -> forms.DecimalField:
    return forms.DecimalField(
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        error_messages={
            "invalid": _("Write an amount such as 90000.00."),
            "min_value": _("Write an amount such as 90000.00."),
            "max_digits": _("That is more than can be reckoned with here."),
            "max_whole_digits": _("That is more than can be reckoned with here."),
            "max_decimal_places": _("Write an amount such as 90000.00."),
        },
    )


def _number() -> forms.IntegerField:
    return forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_UNITS,
        error_messages={
            "invalid": _("Write a whole number."),
            "min_value": _("Write a whole number."),
            "max_value": _("That is more than can be reckoned with here."),
        },
    )
