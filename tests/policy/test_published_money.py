"""What published policies cost and what they owe back: prices, uptime and credits, worked out by hand."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from duly.core import instant
from duly.core.credits import Outcome, owed
from duly.core.periods import Per, period
from duly.core.price import Basis
from duly.core.quote import quote
from duly.core.spans import Span
from duly.core.terms import Terms
from duly.core.uptime import Announced, Verdict, verdict
from duly.policy import bind, read, subscription

POLICIES = Path(__file__).parents[2] / "policies"
MINUTE = 60
HOUR = 60 * MINUTE


def terms(policy: str, plan: str) -> Terms:
    return bind(read(POLICIES / f"{policy}.yaml"), subscription({"plan": plan}))


@pytest.mark.parametrize(
    ("plan", "sums", "fee", "eligible", "shortfall"),
    [
        # S1.2, S1.3: 8 % of 60,000 is 4,800; the minimum of total spend is inclusive
        ("advanced", {"licence_fee": "60000", "total_spend": "60000"}, "4800.00", True, "0.00"),
        ("advanced", {"licence_fee": "60000", "total_spend": "59999.99"}, "4800.00", False, "0.01"),
        # 15 % of 80,000 is 12,000; spend is licence and support fee, 92,000: 8,000 short
        ("premium", {"licence_fee": "80000"}, "12000.00", False, "8000.00"),
        # 15 % of 90,000 is 13,500; together 103,500: open, and the minimum does not raise the fee
        ("premium", {"licence_fee": "90000"}, "13500.00", True, "0.00"),
        # the same share from a higher spend: 15 % of 90,000, 146,500 short of 250,000
        ("premium-plus", {"licence_fee": "90000"}, "13500.00", False, "146500.00"),
    ],
)
def test_segment_prices(
    plan: str, sums: Mapping[str, str], fee: str, eligible: bool, shortfall: str
) -> None:
    price = terms("segment", plan).price
    assert price
    found = quote(price, Basis(sums={name: Decimal(sum_) for name, sum_ in sums.items()}))
    assert (str(found.fee), found.eligible, str(found.shortfall)) == (fee, eligible, shortfall)
    assert found.currency == "USD"


def test_photoprism_gold_costs_its_price_and_not_its_footnote() -> None:
    price = terms("photoprism", "gold").price
    assert price
    found = quote(price, Basis())
    # S4.3: "1499.00 / mo2" is 1,499.00 a month with note 2
    assert (str(found.fee), found.currency, found.per) == ("1499.00", "EUR", "month")
    assert found.billed == "yearly"


def segment_in_june(down: int, maintenance: int) -> Verdict:
    """June 2026, 30 days of 86,400 s, with downtime right after maintenance announced 8 h ahead."""
    uptime = terms("segment", "standard").uptime
    assert uptime
    start = instant.parse("2026-06-06T02:00Z")
    window = Span(start, start + maintenance)
    return verdict(
        uptime,
        period(start, Per.MONTH, uptime.zone),
        [window, Span(window.end, window.end + down)],
        [Announced(window, start - 8 * HOUR)],
    )


def test_segment_counts_uptime_of_scheduled_time() -> None:
    # S2.16: 4 h of maintenance leave 2,592,000 - 14,400 = 2,577,600 s. 0.01 % of that is 257.76 s.
    assert segment_in_june(down=257, maintenance=4 * HOUR).kept
    assert not segment_in_june(down=258, maintenance=4 * HOUR).kept


def test_segment_takes_off_five_hours_of_maintenance_at_most() -> None:
    # S2.16: of 6 h announced 5 h count; the sixth is 3,600 s of downtime in 2,574,000 s: 99.860 %.
    found = segment_in_june(down=0, maintenance=6 * HOUR)
    assert (found.maintenance_seconds, found.down_seconds) == (5 * HOUR, HOUR)
    assert (str(found.percent), found.kept) == ("99.860", False)


@pytest.mark.parametrize(
    ("uptime", "amount"),
    [
        # S5.11: of a monthly fee of 2,000: nothing, 10, 25, 50, 100 %; the band below begins under its edge
        ("99.999", None),
        ("99.9989", "200.00"),
        ("99.99", "200.00"),
        ("99.9899", "500.00"),
        ("99.9", "500.00"),
        ("99.8999", "1000.00"),
        ("99", "1000.00"),
        ("98.9999", "2000.00"),
    ],
)
def test_ujet_credits_of_the_agreement_of_2025(uptime: str, amount: str | None) -> None:
    offers = terms("ujet-2025", "premium").credits
    found = owed(offers, Outcome(uptime=Decimal(uptime)), {"monthly_fee": Decimal(2000)})
    assert [str(each.amount) for each in found] == ([amount] if amount else [])
    assert {offer.claim_within_days for offer in offers} == {30}


def test_ujet_leaves_out_scheduled_maintenance_since_2025() -> None:
    start = instant.parse("2026-06-06T02:00Z")
    window = Span(start, start + 10 * HOUR)
    for version, kept in (("ujet", False), ("ujet-2025", True)):
        uptime = terms(version, "standard").uptime
        assert uptime
        june = period(start, Per.MONTH, uptime.zone)
        # S5.1, S5.11: 10 h of 720 are 1.4 %; the undated page does not say that they are left out
        assert verdict(uptime, june, [window], [Announced(window, start)]).kept is kept
