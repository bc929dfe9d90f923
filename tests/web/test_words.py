"""Lengths and instants in words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from duly.web.reading import locale_of
from duly.web.words import Reader, exact, length, short

MINUTE, HOUR, DAY = 60, 3600, 86_400
FRIDAY_NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
BERLIN = Reader(ZoneInfo("Europe/Berlin"), locale_of("en"), FRIDAY_NOON)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "under 1 min"),
        (59, "under 1 min"),
        (60, "1 min"),
        (42 * MINUTE + 59, "42 min"),
        (2 * HOUR, "2 h"),
        (2 * HOUR + 10 * MINUTE, "2 h 10 min"),
        (10 * HOUR + 59 * MINUTE, "10 h"),
        (DAY, "1 d"),
        (3 * DAY + 4 * HOUR + 5 * MINUTE, "3 d 4 h"),
    ],
)
def test_a_length_has_at_most_two_units(seconds: int, words: str) -> None:
    assert length(seconds) == words


def test_open_time_is_not_cut_into_days() -> None:
    # 31 business hours are almost four working days, not "1 d 7 h".
    assert length(31 * HOUR, open_time=True) == "31 h"


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        # Berlin is an hour ahead of UTC in November.
        (datetime(2026, 11, 20, 13, 30, tzinfo=UTC), "today 14:30"),
        (datetime(2026, 11, 20, 23, 30, tzinfo=UTC), "tomorrow 00:30"),
        (datetime(2026, 11, 18, 23, 30, tzinfo=UTC), "yesterday 00:30"),
        (datetime(2026, 11, 23, 8, 30, tzinfo=UTC), "Mon 09:30"),
        (datetime(2026, 12, 3, 8, 30, tzinfo=UTC), "3 Dec 09:30"),
        (datetime(2025, 12, 3, 8, 30, tzinfo=UTC), "3 Dec 2025"),
    ],
)
def test_an_instant_near_by_is_said_as_people_do(instant: datetime, words: str) -> None:
    assert short(instant, BERLIN) == words


def test_new_year_is_still_tomorrow() -> None:
    eve = Reader(ZoneInfo("UTC"), locale_of("en"), datetime(2026, 12, 31, 12, tzinfo=UTC))
    assert short(datetime(2027, 1, 1, 9, tzinfo=UTC), eve) == "tomorrow 09:00"


def test_an_exact_instant_names_its_day_and_zone() -> None:
    assert exact(datetime(2026, 7, 6, 7, 5, tzinfo=UTC), BERLIN) == "Mon, 6 Jul 2026, 09:05 CEST"
    assert exact(datetime(2026, 7, 6, 7, 5, 9, tzinfo=UTC), BERLIN).endswith("09:05:09 CEST")


def test_a_german_reader_reads_german_days() -> None:
    reader = Reader(ZoneInfo("Europe/Berlin"), locale_of("de"), FRIDAY_NOON)
    with translation.override("de"):
        assert (
            exact(datetime(2026, 11, 23, 8, 30, tzinfo=UTC), reader)
            == "Mo., 23. Nov. 2026, 09:30 CET"
        )
