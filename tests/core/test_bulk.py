"""Bulk answers are the scalar answers, one by one."""

from datetime import date

import numpy as np
import pytest

from duly.core.bulk import NEVER, Bulk, Ints
from duly.core.calendar.layout import CalendarError
from duly.core.calendar.values import Calendar, Combined, Edition, Editions, Rule
from duly.core.due import due_at
from duly.core.instant import parse
from duly.core.marks import DayRules
from duly.core.open_time import HORIZON, OpenTime
from duly.core.quantity import Quantity, Target, Unit
from tests.core.calendars import HOUR, OFFICE, daily, weekdays

CALENDARS: dict[str, Rule] = {
    "never": Combined(op="complement", parts=("always",)),
    "office": OFFICE,
    "night": Calendar(zone="America/New_York", week=daily((22, 6))),
    "sun": Combined(op="union", parts=("office", "night"), zone="UTC"),
    "shifts": Calendar(zone="Australia/Lord_Howe", week=weekdays((6, 12), (12.5, 20))),
}
NAMES = [*CALENDARS, "always"]


def open_times() -> list[OpenTime]:
    return [OpenTime(name, CALENDARS) for name in NAMES]


def questions(many: int) -> tuple[Ints, Ints, Ints]:
    random = np.random.default_rng(1)
    which = random.integers(0, len(NAMES), many)
    starts = random.integers(parse("2024-01-01T00:00Z"), parse("2027-01-01T00:00Z"), many)
    seconds = random.integers(1, 400 * HOUR, many)
    starts[::7] -= starts[::7] % HOUR  # at openings and closings
    seconds[::5] += HOUR - seconds[::5] % HOUR
    seconds[::101] *= 200  # out of reach
    return which, starts, seconds


def test_deadlines_are_those_of_the_scalar_path() -> None:
    which, starts, seconds = questions(10_000)
    one_by_one = open_times()
    expected = [
        one_by_one[k].due(start, amount) for k, start, amount in asked(which, starts, seconds)
    ]
    found = Bulk(open_times()).due(which, starts, seconds).tolist()
    assert found == [NEVER if due is None else due for due in expected]
    assert 0 < found.count(NEVER) < len(found)


def test_elapsed_times_are_those_of_the_scalar_path() -> None:
    which, starts, seconds = questions(10_000)
    ends = starts + seconds % (400 * HOUR) - 50 * HOUR  # some before their start
    one_by_one = open_times()
    expected = [one_by_one[k].elapsed(start, end) for k, start, end in asked(which, starts, ends)]
    assert Bulk(open_times()).elapsed(which, starts, ends).tolist() == expected


def asked(which: Ints, starts: Ints, third: Ints) -> list[tuple[int, int, int]]:
    return list(zip(which.tolist(), starts.tolist(), third.tolist(), strict=True))


DATED = ["never", "office", "night", "sun", "shifts", "late", "moved", "always"]


def dated() -> list[OpenTime]:
    """Calendars on which days can be counted; one begins late, one moves."""
    sydney = Calendar(zone="Australia/Sydney", week=weekdays((9, 17)))
    zoned: dict[str, Rule] = {
        **CALENDARS,
        "never": Calendar(zone="UTC", week=weekdays()),
        "late": Editions((Edition(date(2025, 3, 1), OFFICE),)),
        "moved": Editions((Edition(None, OFFICE), Edition(date(2026, 7, 1), sydney))),
    }
    return [OpenTime(name, zoned) for name in DATED]


def test_nth_days_are_those_of_the_scalar_path() -> None:
    _, starts, seconds = questions(10_000)
    which = np.arange(10_000) % len(DATED)
    days = seconds % 40 + 1
    days[::101] *= 60  # out of reach
    one_by_one = dated()
    expected = [
        due_at(Target(within=Quantity(count, Unit.BUSINESS_DAY)), start, one_by_one[k], DayRules())
        for k, start, count in asked(which, starts, days)
    ]
    found = Bulk(dated()).closes(which, starts, days).tolist()
    assert found == [NEVER if due is None else due for due in expected]
    assert found.count(NEVER) < len(found) / 4


def test_days_cannot_be_counted_without_a_zone_in_bulk_either() -> None:
    bulk, one = Bulk(open_times()), np.array([1])
    start = np.array([parse("2026-10-21T12:00Z")])
    close = bulk.closes(np.array([NAMES.index("office")]), start, one)
    assert close.tolist() == [parse("2026-10-22T17:00+02:00")]
    with pytest.raises(CalendarError, match="'never'"):
        bulk.closes(np.array([NAMES.index("never")]), start, one)


def test_nothing_asked_is_nothing_answered() -> None:
    nothing = np.array([], dtype=np.int64)
    bulk = Bulk(open_times())
    assert bulk.due(nothing, nothing, nothing).tolist() == []
    assert bulk.elapsed(nothing, nothing, nothing).tolist() == []
    assert bulk.closes(nothing, nothing, nothing).tolist() == []


def test_no_day_closes_where_no_calendar_opens() -> None:
    closed = OpenTime("closed", {"closed": Calendar(zone="UTC", week=daily())})
    which, start, one = np.array([0]), np.array([parse("2026-10-21T12:00Z")]), np.array([1])
    assert Bulk([closed]).closes(which, start, one).tolist() == [NEVER]
    assert Bulk([closed]).due(which, start, one).tolist() == [NEVER]


def test_the_horizon_is_that_of_the_scalar_path() -> None:
    start = np.array([parse("2026-01-01T00:00Z")] * 2)
    which = np.array([NAMES.index("always")] * 2)
    seconds = np.array([HORIZON, HORIZON + 1])
    assert Bulk(open_times()).due(which, start, seconds).tolist() == [
        int(start[0]) + HORIZON,
        NEVER,
    ]


def test_questions_outside_the_pack_widen_it() -> None:
    bulk, scalar = Bulk(open_times()), OpenTime("office", CALENDARS)
    which = np.array([NAMES.index("office")])
    seconds = np.array([8 * HOUR])
    for year in (2026, 2018, 2030, 2026):
        start = np.array([parse(f"{year}-10-21T12:00Z")])
        assert bulk.due(which, start, seconds).tolist() == [scalar.due(int(start[0]), 8 * HOUR)]
