"""Open time: due, elapsed and openings, by hand and against a walk through the quarters of an hour."""

from dataclasses import replace
from datetime import date
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duly.core.calendar.values import Calendar, Combined, Edition, Editions, Holidays, Rule
from duly.core.instant import parse
from duly.core.open_time import HORIZON, OpenTime
from duly.core.spans import Span, union
from tests.core.calendars import HOUR, OFFICE, daily, open_time
from tests.core.walk import DAY, QUARTER, WEEKS, WHEN, ZONES, open_quarters

OFFICE_TIME = open_time(OFFICE)
NEVER = Combined(op="complement", parts=("always",))


def due(start: str, amount: float, *holes: tuple[str, str]) -> int | None:
    """The due instant of so many business hours."""
    return OFFICE_TIME.due(parse(start), int(amount * HOUR), spans(*holes))


def spans(*pairs: tuple[str, str]) -> list[Span]:
    return [Span(parse(start), parse(end)) for start, end in pairs]


def test_business_hours_go_on_at_the_next_opening() -> None:
    # Friday 16:00 leaves one hour; Monday is winter time already: 09:00 + 7 h = 16:00+01:00.
    assert due("2026-10-23T16:00+02:00", 8) == parse("2026-10-26T16:00+01:00")


def test_used_up_at_closing_time_is_due_at_closing_time() -> None:
    assert due("2026-10-21T09:00+02:00", 8) == parse("2026-10-21T17:00+02:00")
    assert due("2026-10-21T09:00+02:00", 16) == parse("2026-10-22T17:00+02:00")


def test_one_second_more_is_due_after_the_next_opening() -> None:
    assert OFFICE_TIME.due(parse("2026-10-21T09:00+02:00"), 8 * HOUR + 1) == parse(
        "2026-10-22T09:00:01+02:00"
    )


@pytest.mark.parametrize(
    "start", ["2026-10-23T17:00+02:00", "2026-10-24T12:00+02:00", "2026-10-26T09:00+01:00"]
)
def test_outside_hours_counting_begins_at_the_opening(start: str) -> None:
    assert due(start, 1) == parse("2026-10-26T10:00+01:00")


def test_a_pause_adds_the_open_time_it_hides() -> None:
    # Wednesday 09:00 + 4 h, of which 11:00 to 12:30 do not count: 14:30.
    assert due(
        "2026-10-21T09:00+02:00", 4, ("2026-10-21T11:00+02:00", "2026-10-21T12:30+02:00")
    ) == parse("2026-10-21T14:30+02:00")


def test_a_pause_over_night_adds_no_closed_hours() -> None:
    # Paused Wednesday 16:00 to Thursday 10:00: two open hours, so 09:00 + 8 h + 2 h = Thursday 11:00.
    assert due(
        "2026-10-21T09:00+02:00", 8, ("2026-10-21T16:00+02:00", "2026-10-22T10:00+02:00")
    ) == parse("2026-10-22T11:00+02:00")


def test_a_pause_that_begins_at_the_due_instant_comes_too_late() -> None:
    assert due(
        "2026-10-21T09:00+02:00", 2, ("2026-10-21T11:00+02:00", "2026-10-21T12:00+02:00")
    ) == parse("2026-10-21T11:00+02:00")


def test_pauses_before_the_start_and_over_it() -> None:
    before = ("2026-10-21T08:00+02:00", "2026-10-21T09:00+02:00")
    over = ("2026-10-21T09:30+02:00", "2026-10-21T11:00+02:00")
    assert due("2026-10-21T10:00+02:00", 1, before) == parse("2026-10-21T11:00+02:00")
    assert due("2026-10-21T10:00+02:00", 1, before, over) == parse("2026-10-21T12:00+02:00")


def test_several_pauses_add_up() -> None:
    # 09:00 + 4 h + 30 min + 45 min = 14:15; the pause at 15:00 comes after.
    assert due(
        "2026-10-21T09:00+02:00",
        4,
        ("2026-10-21T10:00+02:00", "2026-10-21T10:30+02:00"),
        ("2026-10-21T12:00+02:00", "2026-10-21T12:45+02:00"),
        ("2026-10-21T15:00+02:00", "2026-10-21T16:00+02:00"),
    ) == parse("2026-10-21T14:15+02:00")


def test_elapsed_counts_open_time_only() -> None:
    start, end = parse("2026-10-23T16:00+02:00"), parse("2026-10-26T10:00+01:00")
    assert OFFICE_TIME.elapsed(start, end) == 2 * HOUR
    assert OFFICE_TIME.elapsed(start, start) == 0
    assert OFFICE_TIME.elapsed(end, start) == 0


def test_elapsed_leaves_out_pauses_and_cuts_them_to_size() -> None:
    start, end = parse("2026-10-23T10:00+02:00"), parse("2026-10-26T10:00+01:00")
    holes = spans(
        ("2026-10-23T09:00+02:00", "2026-10-23T10:30+02:00"),  # half an hour after the start
        (
            "2026-10-23T16:45+02:00",
            "2026-10-26T09:15+01:00",
        ),  # a quarter on each side of the weekend
        ("2026-10-26T11:00+01:00", "2026-10-26T12:00+01:00"),  # after the end
    )
    assert OFFICE_TIME.elapsed(start, end, holes) == 8 * HOUR - HOUR


def test_an_opening_is_open_and_a_closing_is_not() -> None:
    assert OFFICE_TIME.is_open(parse("2026-10-21T09:00+02:00"))
    assert OFFICE_TIME.is_open(parse("2026-10-21T16:59:59+02:00"))
    assert not OFFICE_TIME.is_open(parse("2026-10-21T17:00+02:00"))
    assert OFFICE_TIME.next_open(parse("2026-10-21T16:59:59+02:00")) == parse(
        "2026-10-21T16:59:59+02:00"
    )
    assert OFFICE_TIME.next_open(parse("2026-10-23T17:00+02:00")) == parse("2026-10-26T09:00+01:00")


def test_always_is_open_at_every_second() -> None:
    always = OpenTime("always", {})
    start = parse("2026-10-24T23:59:59Z")
    assert always.due(start, 25 * HOUR) == start + 25 * HOUR
    assert always.elapsed(start, start + 400 * DAY) == 400 * DAY


def test_a_calendar_that_never_opens_gives_up() -> None:
    never = OpenTime("never", {"never": NEVER})
    assert never.due(0, 1) is None
    assert never.due(0, 1, [Span(5, 6)]) is None
    assert never.next_open(0) is None
    assert not never.is_open(0)
    assert never.elapsed(0, 10 * DAY) == 0


def test_the_search_ends_five_years_after_the_start() -> None:
    always = OpenTime("always", {})
    assert HORIZON == 5 * 365 * DAY + 2 * DAY
    assert always.due(0, HORIZON) == HORIZON
    assert always.due(0, HORIZON + 1) is None
    opening = parse("2031-01-01T00:00Z")
    later = open_time_from(date(2031, 1, 1))
    assert later.next_open(opening - HORIZON) == opening
    assert later.next_open(opening - HORIZON - 1) is None
    assert later.due(opening - HORIZON + 5, 5) == opening + 5
    assert later.due(opening - HORIZON + 4, 5) is None


def open_time_from(first: date) -> OpenTime:
    """Closed before a date, then open round the clock."""
    week = daily((0, 24))
    editions = Editions((Edition(first, Calendar(zone="UTC", week=week)),))
    return OpenTime("it", {"it": editions})


def test_a_long_pause_starts_the_search_anew() -> None:
    always = OpenTime("always", {})
    assert always.due(0, HOUR, [Span(60, 6 * 366 * DAY)]) == 6 * 366 * DAY + HOUR - 60


def test_the_table_widens_both_ways_and_keeps_its_answers() -> None:
    calendar = open_time(OFFICE)
    middle, early, late = (parse(f"{year}-10-21T09:00Z") for year in (2026, 1995, 2050))
    asked = [(middle, 8 * HOUR), (early, 8 * HOUR), (late, 8 * HOUR), (middle, 4000 * HOUR)]
    first = [calendar.due(start, seconds) for start, seconds in asked]
    assert first == [open_time(OFFICE).due(start, seconds) for start, seconds in asked]
    assert first == [calendar.due(start, seconds) for start, seconds in asked]
    assert calendar.elapsed(early, late) == sum(
        calendar.elapsed(a, b) for a, b in ((early, middle), (middle, late))
    )


def test_a_search_goes_on_beyond_the_table() -> None:
    calendar = open_time(OFFICE)
    calendar.is_open(parse("2026-10-21T09:00Z"))
    start = parse("2027-12-31T12:00Z")  # a Friday, 13:00 in Berlin, at the end of what was laid out
    assert calendar.due(start, 4 * HOUR + 5 * 8 * HOUR) == parse("2028-01-07T17:00+01:00")
    assert calendar.due(start, 4 * HOUR + 10 * 8 * HOUR) == parse("2028-01-14T17:00+01:00")


def test_years_out_of_reach_are_refused() -> None:
    # A rule of its own: what another test asked of the same one would be known already.
    own = replace(OFFICE, holidays=Holidays(dates=frozenset({date(1999, 9, 10)})))
    for wild in ("1899-12-31T00:00Z", "2201-01-01T00:00Z"):
        with pytest.raises(ValueError, match="outside the years 1900 to 2200"):
            open_time(own).next_open(parse(wild))
    for start, end in (("1900-01-01", "1900-01-08"), ("2200-12-24", "2200-12-31")):
        # Whole weeks from a Monday and from a Wednesday: 40 hours.
        week = parse(f"{start}T00:00Z"), parse(f"{end}T00:00Z")
        assert open_time(OFFICE).elapsed(*week) == 40 * HOUR


def test_a_question_near_the_edge_of_time_leaves_all_others_as_they_were() -> None:
    # Calendars that say the same are laid out once: what one is asked, the other knows.
    asked, other = open_time(OFFICE), open_time(OFFICE)
    assert asked.elapsed(parse("2200-12-24T00:00Z"), parse("2200-12-31T00:00Z")) == 40 * HOUR
    assert other.elapsed(parse("1900-01-01T00:00Z"), parse("1900-01-08T00:00Z")) == 40 * HOUR


def test_threads_may_share_a_calendar() -> None:
    calendar = open_time(OFFICE)
    starts = [parse(f"{year}-06-01T09:00Z") for year in range(2000, 2032, 8)]
    expected = [open_time(OFFICE).due(start, 40 * HOUR) for start in starts]
    wrong: list[int] = []

    def ask() -> None:
        for _ in range(50):
            wrong.extend(
                start
                for start, due in zip(starts, expected, strict=True)
                if calendar.due(start, 40 * HOUR) != due
            )

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@given(st.builds(Calendar, zone=ZONES, week=WEEKS), WHEN, st.integers(1, 100_000), st.data())
@settings(max_examples=60, deadline=None)
def test_open_time_is_what_a_walk_through_the_quarters_finds(
    office: Calendar, start: int, seconds: int, data: st.DataObject
) -> None:
    times = st.integers(0, 7 * 24 * 4).map(lambda quarter: start + quarter * QUARTER)
    holes = union(data.draw(st.lists(st.builds(Span, times, times), max_size=3)))
    calendar, week = open_time(office), start + 7 * DAY
    found = open_quarters(office, start, 7)
    counted = [at for at in found if not any(hole.start <= at < hole.end for hole in holes)]
    assert calendar.elapsed(start, week) == QUARTER * len(found)
    assert calendar.elapsed(start, week, holes) == QUARTER * len(counted)
    assert calendar.next_open(start) == found[0] if found else not calendar.spans(start, week)
    whole, rest = divmod(seconds - 1, QUARTER)
    if whole < len(counted):
        assert calendar.due(start, seconds, holes) == counted[whole] + rest + 1


def test_a_table_is_whole_from_edge_to_edge() -> None:
    # Of a rule that no other test lays out: one that says the same would be known as widely as anybody asked.
    own = replace(OFFICE, holidays=Holidays(dates=frozenset({date(1999, 9, 9)})))
    asked = open_time(own)
    table = asked.table(parse("2026-03-02T00:00Z"), parse("2026-03-03T00:00Z"))
    for at in (table.since, table.since + 3 * DAY, table.until - 9 * DAY):
        # Nine days hold a week of 40 hours, and asking a little more widely does not change what is known.
        narrow, wide = asked.spans(at, at + 9 * DAY - 1), open_time(own)
        wide.table(table.since - 400 * DAY, table.until + 400 * DAY)
        assert narrow == wide.spans(at, at + 9 * DAY - 1)


def test_nothing_counts_before_the_first_opening_of_any_year() -> None:
    sixties = open_time(Editions((Edition(date(1960, 1, 1), OFFICE),)))
    assert sixties.elapsed(parse("1950-01-01T00:00Z"), parse("1955-01-01T00:00Z")) == 0
    # Tuesday, 4 to Tuesday, 11 January 1965: five days of eight hours.
    week = parse("1965-01-05T00:00Z"), parse("1965-01-12T00:00Z")
    assert sixties.elapsed(*week) == 40 * HOUR


def test_calendars_that_say_the_same_are_laid_out_once() -> None:
    since, until = parse("2031-01-01T00:00Z"), parse("2032-01-01T00:00Z")
    week = daily((8, 11), (12, 17))
    said = [
        Calendar(zone="Europe/Oslo", week=week, days={date(2031, 5, n): () for n in order})
        for order in ((1, 2, 17), (17, 1, 2))
    ]
    one, other = (OpenTime("own", {"own": rule}) for rule in said)
    assert other.table(since, until) is one.table(since, until)
    wider = other.table(since, until + 9 * 366 * DAY)
    assert one.table(since, until + 8 * 366 * DAY) is wider
    assert one.elapsed(since, until) == 365 * 8 * HOUR - 3 * 8 * HOUR


@pytest.mark.parametrize(
    "other",
    [
        Calendar(zone="Europe/Oslo", week=OFFICE.week),
        Calendar(zone=OFFICE.zone, week=OFFICE.week, business_days=frozenset({0})),
        Calendar(zone=OFFICE.zone, week=OFFICE.week, days={date(2026, 3, 2): ()}),
        Calendar(zone=OFFICE.zone, week=OFFICE.week, holidays=Holidays(yearly=frozenset({(3, 2)}))),
        Editions((Edition(date(2026, 1, 1), OFFICE),)),
        Combined(op="union", parts=("own", "always")),
    ],
)
def test_calendars_that_say_something_else_are_not(other: Rule) -> None:
    since, until = parse("2026-01-01T00:00Z"), parse("2027-01-01T00:00Z")
    known = {"own": OFFICE, "other": other}
    table = OpenTime("own", known).table(since, until)
    assert OpenTime("other", known).table(since, until) is not table


def test_calendars_made_of_others_are_laid_out_for_each() -> None:
    """Their parts are known by name alone, and a name means something else elsewhere."""
    at = parse("2026-03-02T12:00Z")
    both = Combined(op="intersect", parts=("always", "part"))
    one, other = (
        OpenTime("both", {"both": both, "part": part})
        for part in (OFFICE, Calendar(zone="UTC", week=daily()))
    )
    assert one.is_open(at)
    assert not other.is_open(at)
