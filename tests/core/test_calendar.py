"""Calendars laid out: which instants a policy's words leave open."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfoNotFoundError

import pytest

from duly.core.calendar.layout import CalendarError
from duly.core.calendar.values import (
    ALWAYS,
    Calendar,
    Combined,
    Edition,
    Editions,
    Holidays,
    Interval,
    Rule,
)
from duly.core.instant import parse, text
from duly.core.open_time import OpenTime
from tests.core.calendars import HOUR, OFFICE, daily, hours, open_time, weekdays

CLOSED: Calendar = Calendar(zone="UTC", week=weekdays())


def opened(
    rule: Rule, first: str, last: str, others: Mapping[str, Rule] | None = None
) -> list[str]:
    """The open spans from one instant to another, as ``start/end`` without the seconds."""
    spans = OpenTime("it", {**(others or {}), "it": rule}).spans(parse(first), parse(last))
    return [f"{text(span.start)[:16]}/{text(span.end)[:16]}" for span in spans]


def test_a_week_of_several_intervals_a_day() -> None:
    lunch = Calendar(zone="Europe/Berlin", week=weekdays((9, 12), (13, 17)))
    assert opened(lunch, "2026-06-05T00:00Z", "2026-06-09T00:00Z") == [
        "2026-06-05T07:00/2026-06-05T10:00",
        "2026-06-05T11:00/2026-06-05T15:00",
        "2026-06-08T07:00/2026-06-08T10:00",
        "2026-06-08T11:00/2026-06-08T15:00",
    ]


def test_overlapping_and_touching_intervals_count_once() -> None:
    overlapping = Calendar(zone="UTC", week=weekdays((13, 17), (9, 12), (11, 13)))
    assert opened(overlapping, "2026-06-05T00:00Z", "2026-06-06T00:00Z") == [
        "2026-06-05T09:00/2026-06-05T17:00"
    ]


def test_spans_are_cut_at_both_ends() -> None:
    assert opened(OFFICE, "2026-06-05T08:00Z", "2026-06-05T09:00Z") == [
        "2026-06-05T08:00/2026-06-05T09:00"
    ]
    assert opened(OFFICE, "2026-06-05T09:00Z", "2026-06-05T08:00Z") == []


def test_a_close_not_after_the_open_runs_into_the_next_day() -> None:
    night = Calendar(
        zone="UTC", week=(hours((22, 6)), (), (), hours((9, 9)), (), (), hours((18, 24)))
    )
    assert opened(night, "2026-06-01T00:00Z", "2026-06-08T00:00Z") == [  # a Monday
        "2026-06-01T22:00/2026-06-02T06:00",
        "2026-06-04T09:00/2026-06-05T09:00",
        "2026-06-07T18:00/2026-06-08T00:00",
    ]


def test_an_overnight_shift_is_longer_or_shorter_when_the_clocks_change() -> None:
    night = Calendar(zone="Europe/Berlin", week=daily((22, 6)))
    spring, autumn = parse("2026-03-28T12:00Z"), parse("2026-10-24T12:00Z")
    assert open_time(night).elapsed(spring, spring + 24 * HOUR) == 7 * HOUR
    assert open_time(night).elapsed(autumn, autumn + 24 * HOUR) == 9 * HOUR


def test_round_the_clock_has_no_seams() -> None:
    around = Calendar(zone="Africa/Casablanca", week=daily((0, 24)))
    assert opened(around, "2024-01-01T00:00Z", "2025-01-01T00:00Z") == [
        "2024-01-01T00:00/2025-01-01T00:00"
    ]


def test_an_interval_inside_the_hour_that_a_zone_skips_moves_behind_it() -> None:
    early = Calendar(zone="Europe/Berlin", week=daily((2.25, 2.75)))
    assert opened(early, "2026-03-28T23:00Z", "2026-03-29T23:00Z") == [
        "2026-03-29T01:15/2026-03-29T01:45"
    ]


def test_an_interval_that_closes_before_its_moved_opening_is_gone() -> None:
    early = Calendar(zone="Europe/Berlin", week=daily((2.5, 3)))
    assert opened(early, "2026-03-28T23:00Z", "2026-03-29T23:00Z") == []


def test_hours_of_a_date_that_a_zone_skipped_move_to_the_date_after() -> None:
    # Friday 30 December 2011 did not happen in Samoa: 09:00 to 17:00 move on by 24 hours.
    samoa = Calendar(zone="Pacific/Apia", week=weekdays((9, 17)))
    assert opened(samoa, "2011-12-29T12:00Z", "2012-01-02T12:00Z") == [
        "2011-12-29T19:00/2011-12-30T03:00",  # Thursday 29 December, -10:00
        "2011-12-30T19:00/2011-12-31T03:00",  # Saturday 31 December, +14:00
        "2012-01-01T19:00/2012-01-02T03:00",  # Monday 2 January
    ]


HOLIDAYS = Holidays(
    dates=frozenset({date(2026, 6, 4)}),
    yearly=frozenset({(12, 24), (12, 31)}),
    exceptions=frozenset({date(2026, 12, 31)}),
)


def test_holidays_are_dates_or_yearly_and_may_be_excepted() -> None:
    asked = ("2026-06-04", "2025-06-04", "2026-12-24", "2030-12-24", "2026-12-31", "2027-12-31")
    fallen = [day for day in asked if HOLIDAYS.fall_on(date.fromisoformat(day))]
    assert fallen == ["2026-06-04", "2026-12-24", "2030-12-24", "2027-12-31"]


def test_unknown_holidays_remove_nothing() -> None:
    unknown = replace(OFFICE, holidays=Holidays(known=False))
    assert open_time(unknown).spans(0, 10**7) == open_time(OFFICE).spans(0, 10**7)


def test_a_holiday_removes_what_starts_on_it_and_nothing_else() -> None:
    night = Calendar(zone="UTC", week=daily((22, 6)), holidays=HOLIDAYS)
    assert opened(night, "2026-06-03T00:00Z", "2026-06-06T00:00Z") == [
        "2026-06-03T00:00/2026-06-03T06:00",
        "2026-06-03T22:00/2026-06-04T06:00",
        "2026-06-05T22:00/2026-06-06T00:00",
    ]


def test_a_named_day_beats_holidays_and_week() -> None:
    days = {
        date(2026, 12, 24): hours((9, 13)),
        date(2026, 12, 23): (),
        date(2026, 12, 26): hours((10, 11)),
    }
    office = Calendar(zone="UTC", week=weekdays((9, 17)), holidays=HOLIDAYS, days=days)
    assert opened(office, "2026-12-23T00:00Z", "2026-12-28T00:00Z") == [
        "2026-12-24T09:00/2026-12-24T13:00",
        "2026-12-25T09:00/2026-12-25T17:00",
        "2026-12-26T10:00/2026-12-26T11:00",
    ]


SUN: dict[str, Rule] = {
    "london": Calendar(zone="Europe/London", week=weekdays((9, 17))),
    "tokyo": Calendar(zone="Asia/Tokyo", week=weekdays((9, 18))),
    "lisbon": Calendar(zone="Europe/Lisbon", week=weekdays((12, 20))),
}


def test_a_union_counts_overlaps_once() -> None:
    union = Combined(op="union", parts=("london", "tokyo", "lisbon"))
    assert opened(union, "2026-01-07T00:00Z", "2026-01-08T00:00Z", SUN) == [
        "2026-01-07T00:00/2026-01-07T20:00"  # Tokyo 00-09, London 09-17, Lisbon 12-20
    ]


def test_an_intersection_needs_all_parts() -> None:
    both = Combined(op="intersect", parts=("london", "lisbon"))
    assert opened(both, "2026-01-07T00:00Z", "2026-01-08T00:00Z", SUN) == [
        "2026-01-07T12:00/2026-01-07T17:00"
    ]


def test_a_complement_is_open_on_holidays() -> None:
    office: dict[str, Rule] = {"office": replace(OFFICE, holidays=HOLIDAYS)}
    outside = Combined(op="complement", parts=("office",))
    assert opened(outside, "2026-06-03T12:00Z", "2026-06-05T12:00Z", office) == [
        "2026-06-03T15:00/2026-06-05T07:00"
    ]


def test_the_complement_of_always_never_opens() -> None:
    never = Combined(op="complement", parts=("always",))
    assert OpenTime("it", {"it": never}).next_open(0) is None


def test_combined_calendars_may_be_combined() -> None:
    others: dict[str, Rule] = {**SUN, "both": Combined(op="intersect", parts=("london", "lisbon"))}
    outside = Combined(op="complement", parts=("both",))
    assert opened(outside, "2026-01-07T00:00Z", "2026-01-08T00:00Z", others) == [
        "2026-01-07T00:00/2026-01-07T12:00",
        "2026-01-07T17:00/2026-01-08T00:00",
    ]


def test_each_date_takes_its_hours_from_the_edition_in_force() -> None:
    night = Calendar(zone="Europe/Berlin", week=daily((20, 4)))
    editions = Editions((Edition(None, night), Edition(date(2026, 7, 1), OFFICE)))
    assert opened(editions, "2026-06-29T12:00Z", "2026-07-02T12:00Z") == [
        "2026-06-29T18:00/2026-06-30T02:00",
        "2026-06-30T18:00/2026-07-01T02:00",  # starts on 30 June, so the old hours hold to its end
        "2026-07-01T07:00/2026-07-01T15:00",
        "2026-07-02T07:00/2026-07-02T12:00",
    ]


def test_before_its_first_edition_a_calendar_is_closed() -> None:
    editions = Editions((Edition(date(2026, 7, 1), OFFICE),))
    assert opened(editions, "2026-06-01T00:00Z", "2026-07-01T12:00Z") == [
        "2026-07-01T07:00/2026-07-01T12:00"
    ]


def test_an_edition_may_be_combined() -> None:
    outside = Combined(op="complement", parts=("office",), zone="Europe/Berlin")
    editions = Editions((Edition(None, OFFICE), Edition(date(2026, 7, 1), outside)))
    assert opened(editions, "2026-06-30T00:00Z", "2026-07-02T00:00Z", {"office": OFFICE}) == [
        "2026-06-30T07:00/2026-06-30T15:00",
        "2026-06-30T22:00/2026-07-01T07:00",  # from local midnight on
        "2026-07-01T15:00/2026-07-02T00:00",
    ]


def test_a_combined_edition_without_a_zone_changes_at_midnight_utc() -> None:
    outside = Combined(op="complement", parts=("always",))
    editions = Editions((Edition(None, ALWAYS), Edition(date(2026, 7, 1), outside)))
    assert opened(editions, "2026-06-30T00:00Z", "2026-07-02T00:00Z") == [
        "2026-06-30T00:00/2026-07-01T00:00"
    ]


@pytest.mark.parametrize("parts", [("loop",), ("always", "knot")])
def test_a_calendar_made_of_itself_is_refused(parts: tuple[str, ...]) -> None:
    loop: dict[str, Rule] = {
        "loop": Combined(op="union", parts=parts),
        "knot": Combined(op="complement", parts=("loop",)),
    }
    with pytest.raises(CalendarError, match=r"'loop' is made of itself: loop → .*loop"):
        OpenTime("loop", loop).next_open(0)


def test_an_edition_may_not_be_made_of_its_calendar_either() -> None:
    loop = Editions((Edition(None, Combined(op="complement", parts=("loop",))),))
    with pytest.raises(CalendarError, match="the calendar 'loop' is made of itself: loop → loop"):
        OpenTime("loop", {"loop": loop}).next_open(0)


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(
        CalendarError, match="there is no calendar 'offcie'; there are always, office"
    ):
        OpenTime("offcie", {"office": OFFICE})


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError, match="Europe/Brelin"):
        open_time(replace(OFFICE, zone="Europe/Brelin")).next_open(0)


def test_hours_of_a_skipped_date_stay_those_of_its_edition() -> None:
    # Samoa had no Friday 2011-12-30: its 09:00-17:00 moved by the gap to Saturday, though another edition begins there.
    friday = ((), (), (), (), (Interval(9 * HOUR, 17 * HOUR),), (), ())
    office = Calendar(zone="Pacific/Apia", week=friday)
    closed = Calendar(zone="Pacific/Apia", week=((),) * 7)
    editions = Editions((Edition(None, office), Edition(date(2011, 12, 31), closed)))
    calendar = OpenTime("it", {"it": editions})
    # Saturday 09:00 to 17:00 in UTC+14 is Friday 19:00 to Saturday 03:00 in UTC.
    opened = parse("2011-12-30T19:00Z")
    assert calendar.elapsed(parse("2011-12-30T11:00Z"), parse("2012-01-02T00:00Z")) == 8 * HOUR
    assert calendar.due(parse("2011-12-30T11:00Z"), HOUR) == opened + HOUR
