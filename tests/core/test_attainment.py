from decimal import Decimal

import pytest

from duly.core.attainment import Attainment, Share, attainment
from duly.core.clock.values import Clock
from tests.core.tickets import folded, terms, ticket

KNOWN = terms(
    first_response={"1": "2 hours", "2": "suggested 2 hours", "3": "best effort"},
    resolution={"1": "8 hours"},
)


def settled(*lines: str) -> list[Clock]:
    return list(folded(KNOWN, ticket(*lines), "fri 12:00").clocks)


def test_only_settled_promises_with_a_due_instant_count() -> None:
    clocks = [
        *settled("mon 09:00 opened priority=1", "mon 10:00 resolved by=agent"),  # two kept
        *settled("mon 09:00 opened priority=1", "mon 12:00 resolved by=agent"),  # one late
        *settled("mon 09:00 opened priority=1", "mon 10:00 closed"),  # two void
        *settled("mon 09:00 opened priority=3", "mon 10:00 replied by=agent"),  # best effort
        *settled("fri 11:00 opened priority=1"),  # still running
        *settled("mon 09:00 opened priority=2", "mon 10:00 replied by=agent"),
        *settled("mon 09:00 opened priority=2"),
    ]
    assert attainment(clocks) == Attainment(contractual=Share(3, 4), suggested=Share(1, 2))


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (Share(1999, 2000), "99.9"),
        (Share(2000, 2000), "100.0"),
        (Share(2, 3), "66.6"),
        (Share(0, 5), "0.0"),
    ],
)
def test_the_percentage_is_floored(share: Share, percent: str) -> None:
    assert share.percent == Decimal(percent)


def test_nothing_settled_is_no_percentage() -> None:
    assert attainment([]).contractual.percent is None
