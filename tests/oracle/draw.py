"""Random calendars, quantities, terms and histories, all valid under the contract."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, get_args

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
from tests.oracle.story import KINDS, Cell, Gate, Happened, Mode, Terms, Word
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
    """The intervals of one date: none, some in a row, the last perhaps past midnight."""
    points = draw(st.lists(st.integers(0, 47), max_size=6, unique=True).map(sorted))
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
    ]
)


@st.composite
def editions(draw: st.DrawFn, near: date, since: date) -> Edition:
    """A week, with holidays and days within three weeks of a date."""
    usual = draw(office | hours())
    week = [usual] * 5 + [(), ()]
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


# Terms

PRIORITIES = ("1", "2", "3")
GATES = [Gate()] * 4 + [Gate({"channel": "phone"}), Gate(flags=frozenset({"outage"}))]
PAUSABLE = [frozenset[str](), frozenset({"customer"}), frozenset({"customer", "third_party"})]
words = st.sampled_from(get_args(Word))
MODES: Sequence[Mode] = ("from_start", "from_change")


@st.composite
def cells(draw: st.DrawFn, paper: Paper, rules: DayRules) -> tuple[Cell, ...]:
    """One cell of the target table: nothing, one target, or a gated one before another."""
    on = st.sampled_from([paper, paper, Always()])
    found = []
    for _ in range(draw(st.sampled_from([0, 1, 1, 1, 2]))):
        gate = draw(st.sampled_from([*GATES, Gate(during=paper)]))
        within: Quantity | Word = draw(quantities(rules, 20 * HOUR))
        if draw(st.integers(0, 4)) == 4:
            within = draw(words)
        found.append(Cell(within, draw(on), gate))
    return tuple(found)


@st.composite
def tables(
    draw: st.DrawFn, paper: Paper, rules: DayRules
) -> dict[str, dict[str, tuple[Cell, ...]]]:
    """Targets by kind and priority, dealt from a few drawn cells."""
    pool = st.sampled_from([draw(cells(paper, rules)) for _ in range(4)])
    return {kind: {priority: draw(pool) for priority in PRIORITIES} for kind in KINDS}


@st.composite
def terms(draw: st.DrawFn, paper: Paper) -> Terms:
    rules = draw(day_rules())
    return Terms(
        key="a",
        days=rules,
        targets=draw(tables(paper, rules)),
        pauses={kind: draw(st.sampled_from(PAUSABLE)) for kind in (*KINDS, "escalation")},
        priority_change={kind: draw(st.sampled_from(MODES)) for kind in (*KINDS, "escalation")},
        reopen=draw(st.sampled_from(["continue", "restart"])),
        opens=draw(st.sampled_from([None, "first_response", "first_response", "update"])),
        levels=2,
    )


@st.composite
def bindings(draw: st.DrawFn, zone: str, near: int) -> dict[str, Terms]:
    """The terms of a ticket, and others to which it may be moved with the same rules."""
    paper = draw(papers(zone, near))
    first = draw(terms(paper))
    return {"a": first, "b": replace(first, key="b", targets=draw(tables(paper, first.days)))}


# Histories

PEOPLE = ("agent", "customer", "automatic")
FIELDS: dict[str, dict[str, Sequence[Any]]] = {
    "prioritised": {"priority": PRIORITIES, "facts": [{}, {}, {"channel": "phone"}]},
    "waiting": {"on": ["customer", "third_party"]},
    "resumed": {"on": ["", "", "customer"]},
    "marked": {"mark": ["workaround", "root_cause", "verified"]},
    "moved": {"terms": ["a", "b"]},
    "escalated": {"level": [1, 2]},
    "excluded": {"on": ["elsewhere", "abroad"], "withdrawn": [False, True, True]},
}


@st.composite
def histories(draw: st.DrawFn, opened_at: int) -> list[Happened]:
    """What a ticket may live through: each event is possible after the ones before it."""
    at = opened_at
    story = [
        Happened(
            at,
            "opened",
            by="customer",
            terms="a",
            priority=draw(st.sampled_from([*PRIORITIES, *PRIORITIES, None])),
            facts=draw(st.sampled_from([{}, {"channel": "phone"}, {"channel": "email"}])),
            flags=draw(st.sampled_from([None, frozenset({"outage"})])),
        )
    ]
    resolved = False
    for _ in range(draw(st.integers(1, 12) | st.integers(8, 14))):
        at += draw(st.just(0) | steps(0, 6 * HOUR) | steps(0, 3 * DAY))
        what = draw(st.sampled_from(possible(resolved=resolved)))
        story.append(draw(happenings(at, what)))
        resolved = {"resolved": True, "closed": True, "reopened": False}.get(what, resolved)
    return story


def possible(*, resolved: bool) -> list[str]:
    """What may happen next; the more often a name stands here the likelier it is."""
    always = ["replied"] * 6 + ["prioritised"] * 2
    rare = ["noted", "moved", "marked", "excluded", "spent", "updated", "closed"]
    if resolved:
        return [*always, *rare, *["reopened"] * 6]
    common = ["waiting", "waiting", "resumed", "escalated", "resolved", "updated"]
    return [*always, *common, *common, *rare, "merged"]


@st.composite
def happenings(draw: st.DrawFn, at: int, what: str) -> Happened:
    event = Happened(at, what, by=draw(st.sampled_from(PEOPLE)))
    choices = FIELDS.get(what, {})
    fields = {name: draw(st.sampled_from(values)) for name, values in choices.items()}
    return replace(event, **fields)


@dataclass(frozen=True)
class Life:
    """A ticket's terms and history, and the instant at which it is asked how things stand."""

    terms: dict[str, Terms]
    story: list[Happened]
    at: int


@st.composite
def lives(draw: st.DrawFn, zone: str | None = None, near: int | None = None) -> Life:
    zone = zone or draw(zones)
    near = draw(places(zone)) if near is None else near
    story = draw(histories(near + draw(steps(-3 * DAY, 3 * DAY))))
    at = story[-1].at + draw(st.just(0) | steps(0, 3 * DAY))
    return Life(draw(bindings(zone, near)), story, at)
