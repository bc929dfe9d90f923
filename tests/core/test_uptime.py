from decimal import Decimal

from duly.core import instant
from duly.core.clock.values import Kind
from duly.core.credits import Credit, MissedOver, Outcome, Owed, UptimeBelow, owed
from duly.core.periods import Per, Period, period
from duly.core.spans import Span
from duly.core.uptime import Announced, Maintenance, Uptime, verdict

HOUR = 3600
NOVEMBER = period(instant.parse("2026-11-10T00:00Z"), Per.MONTH, "UTC")
START = NOVEMBER.span.start
# 30 days are 2,592,000 seconds, of which 0.05 % are 1296.
PROMISE = Uptime(target=Decimal("99.95"))
KEPT_WITH_MAINTENANCE = Uptime(
    target=Decimal("99.95"), maintenance=Maintenance(notice=8 * HOUR, at_most=5 * HOUR)
)


def span(start: int, end: int) -> Span:
    return Span(START + start, START + end)


def test_exactly_the_promise_is_kept() -> None:
    found = verdict(PROMISE, NOVEMBER, [span(0, 1296)])
    assert (found.period, found.of_seconds, found.down_seconds) == ("2026-11", 2592000, 1296)
    assert (str(found.percent), found.kept) == ("99.950", True)


def test_a_second_more_breaks_it_and_is_never_rounded_up() -> None:
    found = verdict(PROMISE, NOVEMBER, [span(0, 1297)])
    # 99.94996 %
    assert (str(found.percent), found.kept) == ("99.949", False)


def test_downtime_counts_once_and_only_within_the_period() -> None:
    found = verdict(
        PROMISE, NOVEMBER, [span(-500, 100), span(50, 200), span(2592000 - 10, 2592500)]
    )
    assert found.down_seconds == 210


def test_a_period_without_downtime_is_whole() -> None:
    assert str(verdict(PROMISE, NOVEMBER, []).percent) == "100.000"


def announced(start: int, end: int, ahead: int = 8 * HOUR) -> Announced:
    return Announced(span(start, end), START + start - ahead)


def test_maintenance_announced_in_time_is_no_downtime() -> None:
    down = [span(0, 4 * HOUR)]
    found = verdict(KEPT_WITH_MAINTENANCE, NOVEMBER, down, [announced(0, 4 * HOUR)])
    assert (found.down_seconds, found.maintenance_seconds, found.kept) == (0, 4 * HOUR, True)
    late = verdict(KEPT_WITH_MAINTENANCE, NOVEMBER, down, [announced(0, 4 * HOUR, 8 * HOUR - 1)])
    assert (late.down_seconds, late.kept) == (4 * HOUR, False)


def test_without_a_rule_for_maintenance_all_downtime_counts() -> None:
    found = verdict(PROMISE, NOVEMBER, [span(0, HOUR)], [announced(0, HOUR)])
    assert (found.down_seconds, found.maintenance_seconds) == (HOUR, 0)


def test_maintenance_beyond_the_cap_is_downtime() -> None:
    plans = [announced(0, 4 * HOUR), announced(10 * HOUR, 14 * HOUR)]
    found = verdict(KEPT_WITH_MAINTENANCE, NOVEMBER, [plan.span for plan in plans], plans)
    # The first four hours and one more are excused.
    assert (found.maintenance_seconds, found.down_seconds) == (5 * HOUR, 3 * HOUR)


def test_without_a_cap_all_of_it_is_excused() -> None:
    uncapped = Uptime(target=Decimal("99.95"), maintenance=Maintenance())
    found = verdict(uncapped, NOVEMBER, [span(0, 99 * HOUR)], [announced(0, 99 * HOUR, 0)])
    assert (found.down_seconds, found.of_seconds) == (0, 2592000)


def test_scheduled_time_leaves_the_maintenance_out_of_the_whole() -> None:
    scheduled = Uptime(
        target=Decimal("99.95"), denominator="scheduled", maintenance=Maintenance(at_most=5 * HOUR)
    )
    found = verdict(scheduled, NOVEMBER, [span(0, HOUR)], [announced(0, 4 * HOUR)])
    assert found.of_seconds == 2592000 - 4 * HOUR


def test_a_period_that_was_all_maintenance_is_kept() -> None:
    scheduled = Uptime(target=Decimal(100), denominator="scheduled", maintenance=Maintenance())
    found = verdict(scheduled, NOVEMBER, [], [Announced(NOVEMBER.span, 0)])
    assert (found.of_seconds, str(found.percent), found.kept) == (0, "100", True)


def test_the_month_is_that_of_the_zone() -> None:
    october = Period(Per.MONTH, "Europe/Berlin", NOVEMBER.first.replace(month=10))
    # October has the hour of the clock change more.
    assert verdict(PROMISE, october, []).of_seconds == 31 * 86400 + 3600


TEN = Credit(when=UptimeBelow(Decimal("99.95")), percent=Decimal(10), of="monthly_fee")
QUARTER = Credit(when=UptimeBelow(Decimal("99.0")), percent=Decimal(25), of="monthly_fee")
RESPONSES = Credit(
    when=MissedOver(Kind.FIRST_RESPONSE, 4, Per.QUARTER),
    percent=Decimal(20),
    of="quarterly_fee",
    claim_within_days=30,
)
FEES = {"monthly_fee": Decimal("1499.95"), "quarterly_fee": Decimal(4500)}


def test_a_credit_is_owed_below_the_promise_and_not_at_it() -> None:
    assert owed([TEN], Outcome(uptime=Decimal("99.95")), FEES) == ()
    # 10 % of 1,499.95 is 149.995, and half a cent goes up.
    assert owed([TEN], Outcome(uptime=Decimal("99.94")), FEES) == (Owed(TEN, Decimal("150.00")),)
    assert owed([TEN], Outcome(), FEES) == ()


def test_of_several_bands_the_greatest_counts() -> None:
    for offers in ([TEN, QUARTER], [QUARTER, TEN]):
        (found,) = owed(offers, Outcome(uptime=Decimal("98.9")), FEES)
        assert (found.credit, found.amount) == (QUARTER, Decimal("374.99"))


def test_missed_responses_over_the_number_earn_their_own_credit() -> None:
    five = Outcome(missed={Kind.FIRST_RESPONSE: 5}, per=Per.QUARTER, uptime=Decimal(99))
    assert owed([TEN, RESPONSES], five, FEES) == (
        Owed(TEN, Decimal("150.00")),
        Owed(RESPONSES, Decimal("900.00")),
    )
    for outcome in (
        Outcome(missed={Kind.FIRST_RESPONSE: 4}, per=Per.QUARTER),
        Outcome(missed={Kind.FIRST_RESPONSE: 5}, per=Per.MONTH),
        Outcome(missed={Kind.UPDATE: 5}, per=Per.QUARTER),
    ):
        assert owed([RESPONSES], outcome, FEES) == ()


def test_a_fee_that_is_not_known_leaves_the_amount_open() -> None:
    assert owed([TEN], Outcome(uptime=Decimal(90)), {}) == (Owed(TEN, None),)
