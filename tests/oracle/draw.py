"""Random calendars and promises on them, all valid under the contract."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.oracle.due import (
    BusinessDays,
    CalendarDays,
    DayRules,
    EndOfBusinessDay,
    OpenTime,
    Quantity,
)
from tests.oracle.paper import (
    Always,
    Complement,
    Edition,
    Intersection,
    Interval,
    Intervals,
    Paper,
    Plain,
    Union,
)
from tests.oracle.transitions import FIRST, LAST, ZONES, transitions
from tests.oracle.wall import DAY, HOUR, MINUTE, local_date

zones = st.sampled_from(ZONES)


@st.composite
def places(draw: st.DrawFn, zone: str) -> int:
    """An instant from 2000 to 2040, most often a transition of the zone."""
    changes = transitions(zone)
    if changes and draw(st.integers(0, 3)) > 0:
        return draw(st.sampled_from(changes))
    return draw(st.integers(FIRST, LAST))


@st.composite
def steps(draw: st.DrawFn, low: int, high: int) -> int:
    """Seconds between two bounds, often on the half hour so that edges meet."""
    unit = draw(st.sampled_from([30 * MINUTE, 30 * MINUTE, MINUTE, 1]))
    return draw(st.integers(-(-low // unit), high // unit)) * unit


# Calendars


@st.composite
def hours(draw: st.DrawFn) -> Intervals:
    """The intervals of one date: none, some in a row, the last perhaps past midnight.

    Half of them lie in the small hours, in which clocks are changed.
    """
    half_hours = draw(st.sampled_from([st.integers(0, 47), st.integers(0, 8)]))
    points = draw(st.lists(half_hours, max_size=6, unique=True).map(sorted))
    marks = [point * 30 for point in points]
    pairs = [Interval(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    if len(marks) % 2:
        overnight = draw(st.sampled_from([*range(0, marks[0] + 1, 30), 1440]))
        pairs.append(Interval(marks[-1], overnight))
    return tuple(pairs)


office = st.sampled_from(
    [
        (Interval(540, 1020),),
        (Interval(540, 720), Interval(780, 1080)),
        (Interval(0, 1440),),
        (Interval(1320, 360),),
        (Interval(90, 150), Interval(180, 210)),
        (Interval(30, 90), Interval(120, 150)),
    ]
)


@st.composite
def editions(draw: st.DrawFn, near: date, since: date) -> Edition:
    """A week, with holidays and days within three weeks of a date."""
    usual = draw(office | hours())
    week = [usual] * 5 + draw(st.sampled_from([[(), ()], [usual] * 2]))
    for weekday in draw(st.lists(st.integers(0, 6), max_size=3)):
        week[weekday] = draw(office | hours())
    dates = st.integers(-6, 15).map(lambda days: near + timedelta(days=days))
    return Edition(
        week=tuple(week),
        holidays=draw(st.frozensets(dates, max_size=3)),
        yearly=draw(st.frozensets(dates.map(lambda day: (day.month, day.day)), max_size=1)),
        excepted=draw(st.frozensets(dates, max_size=1)),
        days=draw(st.dictionaries(dates, hours(), max_size=2)),
        business_days=draw(st.none() | st.none() | st.frozensets(st.integers(0, 6), min_size=3)),
        since=since,
    )


@st.composite
def plain(draw: st.DrawFn, zone: str, near: int) -> Plain:
    today = local_date(zone, near)
    first = draw(editions(today, date.min))
    if draw(st.integers(0, 4)):
        return Plain(zone, first)
    later = today + timedelta(days=draw(st.integers(-3, 6)))
    return Plain(zone, first, draw(editions(today, later)))


@st.composite
def papers(draw: st.DrawFn, zone: str, near: int) -> Paper:
    """A calendar in the zone: usually plain, else made of one in the zone and one in any other."""
    one = draw(plain(zone, near))
    how = draw(st.sampled_from(["plain"] * 6 + ["union", "intersect", "complement", "always"]))
    match how:
        case "union":
            return Union(zone, one, draw(plain(draw(zones), near)))
        case "intersect":
            return Intersection(zone, one, Complement(zone, draw(plain(draw(zones), near))))
        case "complement":
            return Complement(zone, one)
        case "always":
            return Always()
    return one


# Quantities


@st.composite
def open_times(draw: st.DrawFn, most: int = 60 * HOUR) -> OpenTime:
    unit = draw(st.sampled_from([MINUTE, HOUR]))
    return OpenTime(unit * draw(st.integers(1, most // unit if unit == HOUR else 90)))


@st.composite
def day_rules(draw: st.DrawFn) -> DayRules:
    return DayRules(
        mode=draw(st.sampled_from(["end_of_nth_day", "same_local_time", "open_hours"])),
        outside_hours=draw(st.sampled_from(["as_received", "next_opening"])),
        day_seconds=draw(st.sampled_from([8 * HOUR, 7 * HOUR + 30 * MINUTE])),
    )


@st.composite
def quantities(draw: st.DrawFn, rules: DayRules, most: int = 60 * HOUR) -> Quantity:
    days: list[Quantity] = [
        BusinessDays(draw(st.integers(1, 6)), rules),
        BusinessDays(1, replace(rules, mode="end_of_nth_day"), is_next=True),
        EndOfBusinessDay(),
        CalendarDays(draw(st.integers(1, 15))),
    ]
    return draw(open_times(most) | st.sampled_from(days))


@st.composite
def pauses(draw: st.DrawFn, start: int) -> list[tuple[int, int]]:
    """Up to three stretches after a start, apart from each other and in order."""
    found: list[tuple[int, int]] = []
    at = start + draw(steps(-4 * HOUR, 20 * HOUR))
    for _ in range(draw(st.integers(0, 3))):
        end = at + 1 + draw(steps(0, 3 * DAY))
        found.append((at, end))
        at = end + 1 + draw(steps(0, 20 * HOUR))
    return found


@dataclass(frozen=True)
class Promise:
    """A quantity from a start, with pauses; and how far to measure the open time."""

    quantity: Quantity
    start: int
    pauses: list[tuple[int, int]]
    end: int


@st.composite
def promises(draw: st.DrawFn, near: int) -> Promise:
    start = near + draw(steps(-3 * DAY, 3 * DAY))
    return Promise(
        quantity=draw(quantities(draw(day_rules()))),
        start=start,
        pauses=draw(st.just([]) | pauses(start)),
        end=start + draw(steps(0, 6 * DAY)),
    )


@dataclass(frozen=True)
class Desk:
    """A calendar and what is promised on it."""

    paper: Paper
    promises: list[Promise]


@st.composite
def desks(draw: st.DrawFn, zone: str | None = None, near: int | None = None) -> Desk:
    """In a zone near an instant, within three days of it."""
    zone = zone or draw(zones)
    near = draw(places(zone)) if near is None else near
    made = st.lists(promises(near), min_size=1, max_size=8)
    return Desk(paper=draw(papers(zone, near)), promises=draw(made))
