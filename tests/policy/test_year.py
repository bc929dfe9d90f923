"""A calendar on a year: what is open on each date, and what is special about it, by hand."""

from datetime import date

import pytest

from duly.policy import own_calendar
from duly.policy.bind.own_calendar import OWN
from duly.policy.page.year import DayOfYear, Year, holiday_names, year_of

HOUR = 3600
BERLIN = {
    "zone": "Europe/Berlin",
    "week": {"mon-fri": ["09:00-12:00", "13:00-17:00"]},
    "holidays": {"country": "DE", "also": ["12-24"]},
    "days": {"2026-12-31": "09:00-12:00"},
}


def painted(calendar: object, year: int = 2026) -> Year:
    own = own_calendar(calendar)
    return year_of(OWN, own.rules, year, holiday_names(own.data, year))


def on(year: Year, day: date) -> DayOfYear:
    return year.months[day.month - 1].days[day.day - 1]


def test_each_date_has_its_open_hours_in_local_time() -> None:
    year = painted(BERLIN)
    monday = on(year, date(2026, 10, 19))
    assert monday.open == ((9 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR))
    assert on(year, date(2026, 10, 18)).open == ()
    assert [len(month.days) for month in year.months][:3] == [31, 28, 31]


def test_holidays_have_names_and_half_days_are_told_apart() -> None:
    year = painted(BERLIN)
    christmas = on(year, date(2026, 12, 25))
    assert (christmas.is_holiday, christmas.holiday, christmas.open) == (
        True,
        "Erster Weihnachtstag",
        (),
    )
    eve = on(year, date(2026, 12, 24))
    assert (eve.is_holiday, eve.holiday) == (True, "")
    last = on(year, date(2026, 12, 31))
    assert (last.has_own_hours, last.open) == (True, ((9 * HOUR, 12 * HOUR),))


def test_the_sum_of_a_month_is_its_open_time() -> None:
    # December 2026 has 23 days from Monday to Friday; the 24th and 25th are taken out, the 31st keeps three hours.
    # 20 days of seven hours and three hours.
    december = painted(BERLIN).months[11]
    assert december.seconds == (20 * 7 + 3) * HOUR
    assert december.open_days == 21


def test_clock_changes_are_marked_and_a_day_round_the_clock_has_all_its_hours() -> None:
    year = painted({"zone": "Europe/Berlin", "week": {"daily": "00:00-24:00"}})
    assert on(year, date(2026, 3, 29)).shift == HOUR
    assert on(year, date(2026, 10, 25)).shift == -HOUR
    assert sum(bool(day.shift) for month in year.months for day in month.days) == 2
    assert on(year, date(2026, 3, 29)).open == ((0, 24 * HOUR),)
    # 31 days, of which the 29th has 23 hours.
    assert year.months[2].seconds == (31 * 24 - 1) * HOUR


def test_hours_over_midnight_belong_to_both_dates() -> None:
    year = painted({"zone": "UTC", "week": {"fri": "22:00-02:00"}})
    assert on(year, date(2026, 1, 2)).open == ((22 * HOUR, 24 * HOUR),)
    assert on(year, date(2026, 1, 3)).open == ((0, 2 * HOUR),)


def test_an_edition_is_marked_where_it_begins() -> None:
    zone = {"zone": "UTC"}
    year = painted(
        [
            {**zone, "week": {"mon-fri": "09:00-17:00"}},
            {**zone, "week": {"mon-fri": "10:00-16:00"}, "from": "2026-07-01"},
        ]
    )
    assert on(year, date(2026, 6, 30)).open == ((9 * HOUR, 17 * HOUR),)
    first = on(year, date(2026, 7, 1))
    assert (first.begins_edition, first.open) == (True, ((10 * HOUR, 16 * HOUR),))


def test_other_years_than_those_with_known_holidays_are_refused() -> None:
    with pytest.raises(ValueError, match="not between"):
        painted(BERLIN, 1999)
