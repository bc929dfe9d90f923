import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from duly.core import quantity, stored
from duly.core.allowance import Allowance, CarryOver
from duly.core.calendar.values import (
    ALWAYS,
    Calendar,
    Combined,
    Edition,
    Editions,
    Holidays,
    Interval,
)
from duly.core.clock.values import Kind
from duly.core.credits import Credit, MissedOver, UptimeBelow
from duly.core.marks import BusinessDay, DayRules
from duly.core.periods import Per
from duly.core.price import (
    Band,
    Bands,
    ByContract,
    Flat,
    From,
    Greatest,
    Included,
    Percent,
    PerUnit,
    Price,
    ProRated,
)
from duly.core.terms import Cell, Gate, Ladder, Priority, Rules, Rung, Terms
from duly.core.uptime import Maintenance, Uptime

NINE_TO_FIVE = (Interval(9 * 3600, 17 * 3600),)

EVERY_PRICE = (
    Included(),
    ByContract(),
    Flat(Decimal("1499.00"), "EUR", "month", "yearly"),
    From(Percent(Decimal(8), "licence_fee"), Decimal(60000), "USD"),
    ProRated(Bands("spend", (Band(Decimal(10000), Decimal(10)), Band(None, Decimal(3))), "USD")),
    PerUnit(Decimal(39500), "USD", "contacts", 3),
)

FULL = Terms(
    policy="example",
    version="2026-01",
    plan="gold",
    plan_name="Gold",
    priorities=(Priority(key="1", name="Urgent", definition="Down."), Priority(key="2")),
    calendars={
        "office": Calendar(
            zone="Europe/Berlin",
            week=(NINE_TO_FIVE,) * 5 + ((), ()),
            holidays=Holidays(dates=frozenset({date(2026, 5, 1)}), yearly=frozenset({(12, 24)})),
            days={date(2026, 12, 31): (Interval(32400, 46800),)},
            business_days=frozenset({0, 1, 2, 3, 4}),
        ),
        "sun": Combined(op="union", parts=("office", "always"), zone="UTC"),
        "support": Editions((Edition(None, ALWAYS), Edition(date(2026, 7, 1), ALWAYS))),
    },
    hours={"1": "always", "2": "office"},
    targets={
        Kind.FIRST_RESPONSE: {
            "1": (
                Cell(
                    target=quantity.parse("30 minutes"),
                    when=Gate(channel=("phone",), flags=frozenset({"vip"}), during="office"),
                    starts="verified",
                    met_by=frozenset({"replied", "reproduced"}),
                ),
                Cell(target=quantity.parse("suggested 2 business days on support")),
            ),
            "2": (Cell(target=quantity.parse("best effort")),),
        }
    },
    rules=Rules(
        days=DayRules(business_day=BusinessDay.SAME_LOCAL_TIME, from_next_opening=True),
        pauses={Kind.RESOLUTION: frozenset({"customer", "third_party"})},
        priority_change={Kind.RESOLUTION: "from_start"},
        reopen="restart",
    ),
    ladder=Ladder(
        opens=Kind.FIRST_RESPONSE,
        rungs=(Rung(title="Escalation 1"), Rung(after=quantity.parse("1 hour"))),
    ),
    allowances={
        "incidents": Allowance(limit=4, per=Per.MONTH, carry_over=CarryOver(50, Per.QUARTER)),
        "guidance": Allowance(limit=240, counts="minutes", per=None, beyond="charge"),
    },
    uptime=Uptime(target=Decimal("99.95"), maintenance=Maintenance(28800, 18000)),
    price=Greatest(EVERY_PRICE),
    credits=(
        Credit(when=UptimeBelow(Decimal("99.95")), percent=Decimal(10), of="monthly_fee"),
        Credit(
            when=MissedOver(Kind.FIRST_RESPONSE, 4, Per.QUARTER),
            percent=Decimal(20),
            of="quarterly_fee",
            claim_within_days=30,
        ),
    ),
    commitment={Kind.FIRST_RESPONSE: "guaranteed"},
    exclusions=frozenset({"third_parties"}),
    marks=frozenset({"triaged"}),
    waiting_reasons=frozenset({"approval"}),
)


def same(left: Terms, right: Terms) -> bool:
    return all(getattr(left, name) == getattr(right, name) for name in Terms.__slots__)


def test_terms_survive_a_trip_through_json() -> None:
    plain = json.loads(json.dumps(stored.write(FULL)))
    assert same(stored.read(plain), FULL)
    assert stored.write(stored.read(plain)) == plain


def test_what_version_1_stored_is_still_read() -> None:
    """When this fails, stored terms have another shape: raise the schema and read the old one too."""
    example = json.loads((Path(__file__).parent / "stored_terms.json").read_text())
    assert stored.write(stored.read(example)) == example
    assert same(stored.read(example), FULL)


def test_what_is_not_stated_stays_unstated() -> None:
    bare = Terms(policy="p", version="1", plan="a", priorities=(Priority(key="1"),))
    read = stored.read(json.loads(json.dumps(stored.write(bare))))
    assert same(read, bare)
    assert read.price is None
    assert read.ladder is None


@pytest.mark.parametrize("price", EVERY_PRICE)
def test_each_form_of_price_is_read_as_itself(price: Price) -> None:
    terms = Terms(policy="p", version="1", plan="a", priorities=(), price=price)
    assert stored.read(stored.write(terms)).price == price


@pytest.mark.parametrize("schema", [None, 0, 2, "1"])
def test_another_schema_is_refused_by_number(schema: object) -> None:
    with pytest.raises(stored.SchemaError, match=f"schema {schema!r}; this version reads 1"):
        stored.read({"schema": schema, "terms": {}})
