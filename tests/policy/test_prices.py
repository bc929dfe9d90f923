"""Prices, allowances, uptime and credits: from the words of a policy to what core computes."""

from decimal import Decimal

import pytest

from duly.core import price as core
from duly.core.allowance import Allowance, CarryOver
from duly.core.clock.values import Kind
from duly.core.credits import Credit, MissedOver, UptimeBelow
from duly.core.periods import Per
from duly.core.uptime import Maintenance, Uptime
from duly.policy import PolicyErrors, read
from duly.policy.bind import prices
from duly.policy.document.plans import Plan
from tests.policy.test_reading import SMALL


def plan(stated: str) -> Plan:
    return read(SMALL.replace("    targets:", f"    {stated}\n    targets:")).policy.plans["only"]


PERCENT = core.Percent(Decimal(8), "licence_fee")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("included", core.Included()),
        ("by contract", core.ByContract()),
        ("unknown", None),
        ("8 % of licence_fee", PERCENT),
        ("8% of licence_fee", PERCENT),
        (
            '"8 % of licence_fee, from 60000 USD total_spend"',
            core.From(PERCENT, Decimal(60000), "USD", "total_spend"),
        ),
        (
            '"8 % of licence_fee, at least 250 USD"',
            core.Greatest((PERCENT, core.Flat(Decimal(250), "USD"))),
        ),
        (
            '"1499.00 EUR per month, billed yearly"',
            core.Flat(Decimal("1499.00"), "EUR", "month", "yearly"),
        ),
        ("195 USD per incident", core.PerUnit(Decimal(195), "USD", "incident")),
        ("39500 USD per 3 contacts", core.PerUnit(Decimal(39500), "USD", "contacts", 3)),
        (
            "{greatest: [29 USD per month, 10 % of spend]}",
            core.Greatest(
                (core.Flat(Decimal(29), "USD", "month"), core.Percent(Decimal(10), "spend"))
            ),
        ),
        (
            "{bands: [{up_to: 10000, percent: 10}, {percent: 7}], of: spend, currency: USD, per: month}",
            core.Bands(
                "spend",
                (core.Band(Decimal(10000), Decimal(10)), core.Band(None, Decimal(7))),
                "USD",
                "month",
            ),
        ),
        (
            "{greatest: [30 EUR per month], pro_rating: by_day}",
            core.ProRated(core.Greatest((core.Flat(Decimal(30), "EUR", "month"),))),
        ),
    ],
)
def test_a_price_is_read(stated: str, expected: core.Price | None) -> None:
    price = plan(f"price: {stated}").price
    assert price is not None
    assert prices.price(price) == expected


def test_a_price_with_a_footnote_mark_is_refused() -> None:
    with pytest.raises(PolicyErrors, match="not a price"):
        plan("price: 1499.00 / mo2")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("4 per month", Allowance(limit=4, per=Per.MONTH, zone="Asia/Tokyo")),
        ("4 hours per ticket", Allowance(limit=240, counts="minutes", per=None, zone="Asia/Tokyo")),
        (
            "90 minutes per quarter",
            Allowance(limit=90, counts="minutes", per=Per.QUARTER, zone="Asia/Tokyo"),
        ),
        ("unlimited per year", Allowance(limit=None, per=Per.YEAR, zone="Asia/Tokyo")),
        ("unlimited", None),
        (
            (
                "{limit: 10, per: year, zone: Europe/Berlin, beyond: charge, "
                "carry_over: {percent: 50, expires: year}}"
            ),
            Allowance(
                limit=10,
                per=Per.YEAR,
                zone="Europe/Berlin",
                beyond="charge",
                carry_over=CarryOver(50, Per.YEAR),
            ),
        ),
        ("unknown", None),
    ],
)
def test_an_allowance_is_read(stated: str, expected: Allowance | None) -> None:
    allowance = plan(f"allowances: {{incidents: {stated if stated[0] == '{' else repr(stated)}}}")
    assert prices.allowance(allowance.allowances["incidents"], "Asia/Tokyo") == expected


def test_uptime_is_read() -> None:
    stated = plan(
        "uptime: {target: 99.95, per: quarter, zone: Europe/Berlin, denominator: scheduled, "
        "maintenance: {notice: 8 hours, at_most: 5 hours per month}}"
    ).uptime
    assert stated is not None
    assert prices.uptime(stated) == Uptime(
        target=Decimal("99.95"),
        per=Per.QUARTER,
        zone="Europe/Berlin",
        denominator="scheduled",
        maintenance=Maintenance(notice=8 * 3600, at_most=5 * 3600),
    )


def test_credits_are_read() -> None:
    stated = plan(
        "credits: [{when: uptime below 99.9, percent: 25, of: monthly_fee, claim_within: 30 days}, "
        "{when: missed first_response over 4 per quarter, percent: 20, of: quarterly_fee, "
        "claim_within: 2 weeks}, {when: the moon is full, percent: 1, of: monthly_fee}]"
    ).credits
    assert [prices.credit(each) for each in stated] == [
        Credit(
            when=UptimeBelow(Decimal("99.9")),
            percent=Decimal(25),
            of="monthly_fee",
            claim_within_days=30,
        ),
        Credit(
            when=MissedOver(Kind.FIRST_RESPONSE, 4, Per.QUARTER),
            percent=Decimal(20),
            of="quarterly_fee",
            claim_within_days=14,
        ),
        None,
    ]
