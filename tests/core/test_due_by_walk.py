"""Due instants drawn at random: their sums add up, and a walk through the dates finds the same."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from duly.core.calendar.values import Calendar
from duly.core.due import due_at, explain
from duly.core.marks import BusinessDay, DayRules
from duly.core.quantity import Target
from duly.core.quantity import parse as target
from duly.core.spans import Span, total, union
from tests.core.calendars import HOUR, open_time
from tests.core.dues import DEFAULT
from tests.core.walk import DAY, WEEKS, WHEN, ZONES, exists, hours_of

TARGETS = st.sampled_from(
    [
        *("45 minutes", "7 business hours", "business day", "4 business days"),
        *("next business day", "end of business day", "1 day", "9 days", "2 weeks"),
    ]
).map(target)
RULES = st.builds(
    DayRules,
    business_day=st.sampled_from(BusinessDay),
    day_seconds=st.sampled_from([6 * HOUR, 27_000]),
    from_next_opening=st.booleans(),
)


@st.composite
def pauses(draw: st.DrawFn, start: int) -> tuple[Span, ...]:
    """Up to three pauses in the ten days from a start."""
    times = st.integers(start, start + 10 * DAY)
    return union(draw(st.lists(st.builds(Span, times, times), max_size=3)))


@given(st.builds(Calendar, zone=ZONES, week=WEEKS), WHEN, TARGETS, RULES, st.data())
@settings(max_examples=50, deadline=None)
def test_every_sum_adds_up(
    office: Calendar, start: int, goal: Target, rules: DayRules, data: st.DataObject
) -> None:
    calendar = open_time(office)
    holes = data.draw(pauses(start))
    answer = explain(goal, start, calendar, rules, holes)
    assert answer.due_at == due_at(goal, start, calendar, rules, holes)
    assume(answer.due_at is not None)
    assert answer.due_at is not None
    assert answer.due_at > start
    if answer.seconds is not None:
        assert total(answer.counted) == answer.seconds
        assert answer.counted[-1].end == answer.due_at
    else:
        assert answer.marks[-1].at == answer.due_at
        assert answer.marks[-1].counts
    begin = max(answer.counted_from, start)
    assert union(answer.counted, answer.paused) == calendar.spans(begin, answer.due_at)
    assert total(answer.counted) == calendar.elapsed(begin, answer.due_at, holes)


@given(st.builds(Calendar, zone=ZONES, week=WEEKS), WHEN, st.integers(1, 6), st.data())
@settings(max_examples=50, deadline=None)
def test_business_days_are_what_a_walk_through_the_dates_finds(
    office: Calendar, start: int, amount: int, data: st.DataObject
) -> None:
    zone = ZoneInfo(office.zone)
    holes = data.draw(pauses(start))
    today = datetime.fromtimestamp(start, zone).date()
    dates = [today + timedelta(days=n) for n in range(1, 25)]
    assume(all(exists(day, zone) for day in dates))
    closes = [max(close for _, close in found) for day in dates if (found := hours_of(office, day))]
    counted = [at for at in closes if not any(hole.start <= at - 1 < hole.end for hole in holes)]
    assume(len(counted) >= amount)
    goal = target(f"{amount} business days")
    assert due_at(goal, start, open_time(office), DEFAULT, holes) == counted[amount - 1]
