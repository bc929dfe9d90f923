import pytest

from duly.core import instant
from duly.core.periods import Per, period


@pytest.mark.parametrize(
    ("per", "name"), [(Per.MONTH, "2026-04"), (Per.QUARTER, "2026-Q2"), (Per.YEAR, "2026")]
)
def test_a_period_is_named_by_its_local_date(per: Per, name: str) -> None:
    # 23:30 in UTC on 31 March is already April in Berlin.
    at = instant.parse("2026-03-31T23:30Z")
    assert period(at, per, "Europe/Berlin").name == name


def test_it_is_still_march_in_utc() -> None:
    assert period(instant.parse("2026-03-31T23:30Z"), Per.MONTH, "UTC").name == "2026-03"


@pytest.mark.parametrize(
    ("at", "name"), [("2026-01-01T00:00Z", "2026-Q1"), ("2026-12-31T23:59Z", "2026-Q4")]
)
def test_quarters(at: str, name: str) -> None:
    assert period(instant.parse(at), Per.QUARTER, "UTC").name == name


def test_a_month_runs_from_midnight_to_midnight_and_knows_its_length() -> None:
    march = period(instant.parse("2026-03-15T12:00Z"), Per.MONTH, "Europe/Berlin")
    # Midnight is 23:00 in UTC before the clock change on 29 March and 22:00 after it.
    assert [instant.text(at) for at in march.span] == [
        "2026-02-28T23:00:00Z",
        "2026-03-31T22:00:00Z",
    ]
    assert march.seconds == 31 * 86400 - 3600
    assert march.next.name == "2026-04"


def test_december_is_followed_by_january() -> None:
    december = period(instant.parse("2026-12-15T12:00Z"), Per.MONTH, "UTC")
    assert december.next.name == "2027-01"
    assert period(instant.parse("2026-12-15T12:00Z"), Per.YEAR, "UTC").next.name == "2027"


def test_a_midnight_that_does_not_exist_moves_forward() -> None:
    # In Asuncion 2017-10-01 began at 01:00 (-03), an hour after 23:00 (-04) of the day before.
    october = period(instant.parse("2017-10-15T12:00Z"), Per.MONTH, "America/Asuncion")
    assert instant.text(october.span.start) == "2017-10-01T04:00:00Z"
