"""A plan and its add-ons together, for a period, with every step of the arithmetic; all sums are worked out by hand."""

from decimal import Decimal

import pytest

from duly.core.bill import Bought, bill, needs
from duly.core.price import (
    Band,
    Bands,
    Basis,
    ByContract,
    Flat,
    From,
    Greatest,
    Included,
    Percent,
    PerUnit,
    PriceError,
    ProRated,
)
from duly.core.quote import How, Step, quote

GOLD = Bought("gold", Flat(Decimal("1499.00"), "EUR", "month", "yearly"))
SHARE = Bought("advanced", From(Percent(Decimal(8), "licence_fee"), Decimal(60000), "USD"))


def test_a_year_of_a_monthly_price_and_of_units_of_an_addon() -> None:
    # 12 x 1,499.00 = 17,988.00; two windows at 30.50 are 61.00, in twelve months 732.00.
    found = bill([GOLD, Bought("window", Flat(Decimal("30.50"), "EUR", "month"), 2)], Basis(), 12)
    assert [str(line.fee) for line in found.lines] == ["17988.00", "732.00"]
    assert (str(found.fee), found.currency, found.per, found.months) == (
        "18720.00",
        "EUR",
        None,
        12,
    )
    assert found.lines[1].steps == (
        Step(How.FLAT, (Decimal("30.50"),), Decimal("30.50")),
        Step(How.UNITS, (Decimal(2), Decimal("30.50")), Decimal("61.00"), "window"),
        Step(How.PERIODS, (Decimal(12), Decimal("61.00")), Decimal("732.00"), "month"),
    )


def test_units_are_what_a_price_per_unit_counts() -> None:
    # Four contacts in packs of three are two packs.
    found = bill(
        [GOLD, Bought("contacts", PerUnit(Decimal(100), "EUR", "contacts", 3), 4)], Basis()
    )
    assert str(found.lines[1].fee) == "200.00"
    assert found.lines[1].steps == (
        Step(
            How.PACKS, (Decimal(4), Decimal(3), Decimal(2), Decimal(100)), Decimal(200), "contacts"
        ),
    )
    assert (str(found.fee), found.per) == ("1699.00", "month")


def test_periods_of_different_length_need_the_months() -> None:
    both = [GOLD, Bought("audit", Flat(Decimal(600), "EUR", "year"), 1)]
    with pytest.raises(PriceError, match="per month and per year; say for how many months"):
        bill(both, Basis())
    # 24 x 1,499.00 = 35,976.00 and 2 x 600.
    assert str(bill(both, Basis(), 24).fee) == "37176.00"
    with pytest.raises(PriceError, match="18 months are no whole number of years"):
        bill(both, Basis(), 18)


def test_addons_count_towards_the_spend_that_opens_a_plan() -> None:
    # 8 % of 55,000 is 4,400; with an add-on of 600 the spend is 60,000.00 exactly.
    basis = Basis(sums={"licence_fee": Decimal(55000)})
    assert not bill([SHARE], basis).eligible
    found = bill([SHARE, Bought("extra", Flat(Decimal(600), "USD"), 1)], basis)
    assert (found.eligible, str(found.shortfall), str(found.total)) == (True, "0.00", "60000.00")


@pytest.mark.parametrize("price", [None, ByContract()])
def test_what_has_no_sum_leaves_the_whole_open_and_the_rest_known(price: ByContract | None) -> None:
    found = bill([GOLD, Bought("weekend", price, 1)], Basis(), 12)
    assert (found.fee, str(found.known)) == (None, "17988.00")
    assert [line.is_published for line in found.lines] == [True, price is not None]


def test_prices_in_two_currencies_have_no_sum() -> None:
    with pytest.raises(PriceError, match="EUR and USD"):
        bill([GOLD, Bought("extra", Flat(Decimal(1), "USD"), 1)], Basis())


def test_days_are_a_part_of_one_period() -> None:
    part = [Bought("gold", ProRated(Flat(Decimal(1000), "EUR", "month")))]
    # 10 of 30 days of 1,000 are 333.333…; half up to cents.
    found = bill(part, Basis(days=(10, 30)))
    assert str(found.fee) == "333.33"
    assert [step.how for step in found.lines[0].steps] == [How.FLAT, How.DAYS, How.ROUNDED]
    with pytest.raises(PriceError, match="leave the months out"):
        bill(part, Basis(days=(10, 30)), 2)


def test_bands_and_the_greatest_show_each_of_their_parts() -> None:
    bands = Bands("spend", (Band(Decimal(10000), Decimal(10)), Band(None, Decimal(7))), "USD")
    price = Greatest((Flat(Decimal(250), "USD"), bands))
    # 10 % of 10,000 and 7 % of the 2,000 above.
    assert quote(price, Basis(sums={"spend": Decimal(12000)})).steps == (
        Step(How.FLAT, (Decimal(250),), Decimal(250)),
        Step(How.BAND, (Decimal(10), Decimal(10000)), Decimal(1000), "spend"),
        Step(How.BAND, (Decimal(7), Decimal(2000)), Decimal(140), "spend"),
        Step(How.BANDS, (Decimal(1000), Decimal(140)), Decimal(1140), "spend"),
        Step(How.GREATEST, (Decimal(250), Decimal(1140)), Decimal(1140)),
    )
    assert quote(Included(), Basis()).steps == (Step(How.INCLUDED, (), Decimal(0)),)


def test_what_a_customer_has_to_say_is_known_beforehand() -> None:
    assert needs([SHARE]).sums == ("licence_fee",)
    assert needs([SHARE]).minimums == (SHARE.price,)
    assert needs([GOLD]).months == 12, "billed yearly"
    monthly = Bought("basic", ProRated(PerUnit(Decimal(9), "EUR", "seat")))
    assert (needs([monthly]).units, needs([monthly]).by_day, needs([monthly]).months) == (
        ("seat",),
        True,
        None,
    )
    assert needs([Bought("free", None)]).sums == ()
    assert needs([GOLD, Bought("contacts", PerUnit(Decimal(1), "EUR", "contacts"), 2)]).units == ()
