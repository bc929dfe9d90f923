from decimal import Decimal

import pytest

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
    Price,
    PriceError,
    ProRated,
)
from duly.core.quote import quote

EIGHT_PERCENT = From(Percent(Decimal(8), "licence_fee"), Decimal(60000), "USD")


def sums(**amounts: str) -> Basis:
    return Basis(sums={name: Decimal(amount) for name, amount in amounts.items()})


def fee(price: Price, basis: Basis) -> str:
    return str(quote(price, basis).fee)


def test_a_share_with_a_minimum_spend() -> None:
    # 8 % of 55,555.56 is 4,444.4448; together 60,000.00 to the cent, and the minimum is inclusive.
    found = quote(EIGHT_PERCENT, sums(licence_fee="55555.56"))
    assert (str(found.fee), str(found.total)) == ("4444.44", "60000.00")
    assert (found.eligible, str(found.shortfall), found.currency) == (True, "0.00", "USD")
    short = quote(EIGHT_PERCENT, sums(licence_fee="55555.55"))
    assert (short.eligible, str(short.shortfall)) == (False, "0.01")


def test_the_minimum_is_no_floor_on_the_fee() -> None:
    found = quote(EIGHT_PERCENT, sums(licence_fee="1000"))
    assert (str(found.fee), str(found.shortfall)) == ("80.00", "58920.00")


def test_a_total_spend_that_is_given_decides() -> None:
    found = quote(EIGHT_PERCENT, sums(licence_fee="1000", total_spend="60000"))
    assert (found.eligible, str(found.total)) == (True, "60000.00")


def test_a_minimum_of_another_sum() -> None:
    price = From(Included(), Decimal(100), "EUR", "seats_fee")
    assert quote(price, sums(seats_fee="100")).eligible
    assert str(quote(price, sums(seats_fee="99.5")).shortfall) == "0.50"


@pytest.mark.parametrize(("licence", "expected"), [("0.0625", "0.01"), ("0.0624", "0.00")])
def test_half_a_cent_goes_up_once(licence: str, expected: str) -> None:
    # 8 % of 0.0625 is 0.005.
    assert fee(Percent(Decimal(8), "licence_fee"), sums(licence_fee=licence)) == expected


def test_included_and_by_contract() -> None:
    included = quote(Included(), sums(licence_fee="100"))
    assert (str(included.fee), str(included.total), included.currency) == ("0.00", "100.00", None)
    contract = quote(ByContract(), sums(licence_fee="100"))
    assert (contract.fee, contract.total, contract.eligible) == (None, None, True)


def test_a_flat_price_says_how_it_is_billed() -> None:
    found = quote(Flat(Decimal("1499.00"), "EUR", "month", "yearly"), Basis())
    assert (str(found.fee), found.currency, found.per, found.billed, found.total) == (
        "1499.00",
        "EUR",
        "month",
        "yearly",
        None,
    )


def test_the_greatest_of_a_minimum_and_a_share() -> None:
    price = Greatest((Flat(Decimal(250), "USD", "month"), Percent(Decimal(4), "monthly_spend")))
    assert fee(price, sums(monthly_spend="6250")) == "250.00"
    assert fee(price, sums(monthly_spend="6251")) == "250.04"
    assert quote(Greatest((price, ByContract())), sums(monthly_spend="1")).fee is None


@pytest.mark.parametrize(
    ("spend", "expected"),
    [
        ("10000", "1000.00"),  # 10 % of all
        ("80000", "5900.00"),  # 1000 and 7 % of 70,000
        ("300000", "15900.00"),  # 5900, 5 % of 170,000 = 8500, and 3 % of 50,000 = 1500
    ],
)
def test_bands_charge_each_part_at_its_own_rate(spend: str, expected: str) -> None:
    bands = (
        Band(Decimal(10000), Decimal(10)),
        Band(Decimal(80000), Decimal(7)),
        Band(Decimal(250000), Decimal(5)),
        Band(None, Decimal(3)),
    )
    assert fee(Bands("spend", bands, "USD"), sums(spend=spend)) == expected


@pytest.mark.parametrize(("contacts", "expected"), [(3, "100.00"), (4, "200.00"), (0, "0.00")])
def test_each_started_pack_is_paid(contacts: int, expected: str) -> None:
    price = PerUnit(Decimal(100), "USD", "contacts", 3)
    assert fee(price, Basis(units={"contacts": Decimal(contacts)})) == expected


def test_incidents_and_hours_are_paid_each() -> None:
    basis = Basis(units={"incident": Decimal(3), "hour": Decimal("1.25")})
    assert fee(PerUnit(Decimal(195), "USD", "incident"), basis) == "585.00"
    assert fee(PerUnit(Decimal(120), "USD", "hour"), basis) == "240.00"  # two started hours


def test_a_part_of_a_period_is_paid_by_its_days() -> None:
    price = ProRated(Flat(Decimal(1000), "EUR", "month"))
    assert fee(price, Basis(days=(10, 30))) == "333.33"
    assert fee(price, Basis(days=(0, 30))) == "0.00"
    assert fee(price, Basis()) == "1000.00"
    assert quote(ProRated(ByContract()), Basis(days=(10, 30))).fee is None


@pytest.mark.parametrize(
    ("price", "basis", "message"),
    [
        (EIGHT_PERCENT, Basis(), "depends on licence_fee"),
        (
            From(Included(), Decimal(1), "EUR"),
            Basis(),
            "depends on total_spend; give it, or a licence_fee",
        ),
        (PerUnit(Decimal(1), "EUR", "hour"), Basis(), "depends on the number of hour"),
        (ProRated(Flat(Decimal(1), "EUR")), Basis(days=(31, 30)), "31 days of 30 is no share"),
        (ProRated(Flat(Decimal(1), "EUR")), Basis(days=(0, 0)), "0 days of 0 is no share"),
        (
            Greatest((Flat(Decimal(1), "EUR"), Flat(Decimal(1), "USD"))),
            Basis(),
            "one price is in EUR and USD",
        ),
    ],
)
def test_what_is_missing_is_named(price: Price, basis: Basis, message: str) -> None:
    with pytest.raises(PriceError, match=message):
        quote(price, basis)
