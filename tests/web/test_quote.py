"""The quote: exact prices with every step, from the published files alone."""

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.desk.once import once
from tests.desk.people import Cast
from tests.desk.policies import POLICIES, SMALL, published
from tests.web.reading import page

RICH = (
    SMALL.replace("    name: Basic\n", "    name: Basic\n    price: 200 EUR per 5 seats\n")
    + """
addons:
  window: {name: Longer hours, price: 30.50 EUR per month}
  report: {name: Yearly report, price: 600 EUR per year}
  visit: {name: A visit, price: by contract}
"""
)


@pytest.fixture
def rich(people: Cast, now: datetime) -> str:
    once((RICH, people.owner.pk), lambda: published(people, RICH))
    return "/plans/small/quote/?plan=basic"


@pytest.fixture
def vendors(people: Cast, now: datetime) -> None:
    names = ("segment", "photoprism", "neptune", "ujet")
    texts = [(POLICIES / f"{name}.yaml").read_text() for name in names]
    once(("vendors", people.owner.pk), lambda: [published(people, text) for text in texts])


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        # 8 % of 90,000.00, and together more than the 60,000 that open the plan.
        (
            "segment/quote/?plan=advanced&sum-licence_fee=90000",
            ["8 % of US$90,000.00 (licence fee)", "US$7,200.00", "US$97,200.00", "Open to you"],
        ),
        # 8 % of 50,000.50 is 4,000.04; 54,000.54 in all is 5,999.46 short.
        (
            "segment/quote/?plan=advanced&sum-licence_fee=50000.50",
            ["US$4,000.04", "Not open to you yet", "US$5,999.46 are missing"],
        ),
        (
            "segment/quote/?plan=advanced&sum-licence_fee=50000.50&sum-total_spend=60000",
            ["US$4,000.04", "Open to you"],
        ),
        ("segment/quote/?plan=advanced", ["Fill in what the price depends on", "8 % of licence"]),
        ("segment/quote/?plan=standard", ["Included, nothing is paid for it"]),
        # Billed yearly: 12 x 1,499.00.
        ("photoprism/quote/?plan=gold", ["12 months of €1,499.00", "€17,988.00", "billed yearly"]),
        ("photoprism/quote/?plan=gold&months=24", ["24 months of €1,499.00", "€35,976.00"]),
        (
            "photoprism/quote/?plan=gold&addon=weekend-cover",
            ["Agreed by contract", "What is known of it for 1 year €17,988.00"],
        ),
        ("neptune/quote/?plan=basic", ["Included, nothing is paid for it"]),
        ("neptune/quote/?plan=extended", ["publishes no price", "we make none up"]),
        ("ujet/quote/?plan=premium", ["publishes no price", "ujet.cx"]),
    ],
)
def test_each_published_policy_is_quoted_or_says_that_it_has_no_price(
    address: str, expected: list[str], vendors: None, client: Client
) -> None:
    text = page(client, f"/plans/{address}")
    for words in expected:
        assert words in text


def test_packs_units_and_periods_are_added_up(rich: str, client: Client) -> None:
    # 12 seats are 3 packs of 200.00; 2 x 30.50 in each of 24 months are 1,464.00; two years of 600.
    asked = "&count-seats=12&addon=window&units-window=2&addon=report&months=24"
    text = page(client, rich + asked)
    for words in (
        "12 (seats) in packs of 5: 3 begun, each €200.00",
        "2 times €30.50",
        "24 months of €61.00",
        "€1,464.00",
        "2 years of €600.00",
        # 600.00 + 1,464.00 + 1,200.00
        "Support for 2 years €3,264.00",
    ):
        assert words in text


def test_a_german_reads_german_money(rich: str, client: Client) -> None:
    asked = f"{rich}&count-seats=12&addon=window&units-window=50"
    text = page_in_german(client, asked)
    assert "1.525,00\N{NO-BREAK SPACE}€" in text


def page_in_german(client: Client, address: str) -> str:
    answer = client.get(address, headers={"Accept-Language": "de"})
    return answer.content.decode()


@pytest.mark.parametrize(
    "asked",
    ["&count-seats=many", "&count-seats=-1", "&count-seats=1e99", "&months=7&count-seats=1"],
)
def test_what_is_no_number_gives_no_price_and_is_named(
    asked: str, rich: str, client: Client
) -> None:
    text = page(client, f"{rich}&addon=window{asked}")
    assert "Fill in what the price depends on" in text


def test_an_unknown_plan_is_taken_for_the_first(rich: str, client: Client) -> None:
    assert "Quote: Basic" in page(client, "/plans/small/quote/?plan=nothing&addon=nothing")
    page(client, "/plans/nobodys/quote/", status=404)


def test_a_quote_asks_the_database_once(
    rich: str, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page(client, rich)
    with django_assert_num_queries(1):
        page(client, f"{rich}&count-seats=3&addon=window")
