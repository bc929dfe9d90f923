"""From the oracle's plain descriptions to core's values, so that both can be asked the same."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

from duly.core import events as core_events
from duly.core import marks as core_marks
from duly.core import terms as core_terms
from duly.core.calendar import values as core
from duly.core.clock.values import Kind
from duly.core.open_time import OpenTime as CoreOpenTime
from duly.core.quantity import Quantity as CoreQuantity
from duly.core.quantity import Target, Unit, Untimed
from duly.core.spans import Span, Spans
from tests.oracle.draw_lives import PRIORITIES
from tests.oracle.due import (
    BusinessDays,
    CalendarDays,
    DayRules,
    EndOfBusinessDay,
    OpenTime,
    Pauses,
    Quantity,
)
from tests.oracle.paper import (
    Always,
    Combined,
    Complement,
    Edition,
    Intersection,
    Intervals,
    Paper,
    Plain,
)
from tests.oracle.story import Cell, Happened, Terms


class Calendars:
    """Core's calendars by name, filled as papers are translated; one paper always gets one name."""

    def __init__(self) -> None:
        self.rules: dict[str, core.Rule] = {}
        self.names: dict[Paper, str] = {}

    def name(self, paper: Paper) -> str:
        if isinstance(paper, Always):
            return "always"
        if paper not in self.names:
            self.rules[f"calendar-{len(self.names)}"] = self.rule(paper)
            self.names[paper] = f"calendar-{len(self.names)}"
        return self.names[paper]

    def rule(self, paper: Paper) -> core.Rule:
        if isinstance(paper, Plain):
            rules = [(edition.since, calendar(paper.zone, edition)) for edition in paper.editions]
            if len(rules) == 1:
                return rules[0][1]
            return core.Editions(tuple(core.Edition(since, rule) for since, rule in rules))
        assert isinstance(paper, Combined)
        parts = tuple(self.name(part) for part in paper.parts)
        op = {Intersection: "intersect", Complement: "complement"}.get(type(paper), "union")
        return core.Combined(op=op, parts=parts, zone=paper.zone)  # type: ignore[arg-type]


def open_time(paper: Paper) -> CoreOpenTime:
    calendars = Calendars()
    return CoreOpenTime(calendars.name(paper), calendars.rules)


def calendar(zone: str, edition: Edition) -> core.Calendar:
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = map(hours, edition.week)
    return core.Calendar(
        zone=zone,
        week=(monday, tuesday, wednesday, thursday, friday, saturday, sunday),
        holidays=core.Holidays(
            dates=edition.holidays, yearly=edition.yearly, exceptions=edition.excepted
        ),
        days={day: hours(intervals) for day, intervals in edition.days.items()},
        business_days=edition.business_days,
    )


def hours(intervals: Intervals) -> core.Hours:
    return tuple(core.Interval(i.opens * 60, i.closes * 60) for i in intervals)


def holes(pauses: Pauses) -> Spans:
    return tuple(Span(began, ended) for began, ended in pauses)


def target(value: Quantity) -> Target:
    return Target(within=within(value))


def within(value: Quantity) -> CoreQuantity:
    match value:
        case OpenTime(seconds) if seconds % 3600 == 0:
            return CoreQuantity(seconds // 3600, Unit.HOUR)
        case OpenTime(seconds):
            return CoreQuantity(seconds // 60, Unit.MINUTE)
        case BusinessDays(count, is_next=is_next):
            return CoreQuantity(count, Unit.NEXT_BUSINESS_DAY if is_next else Unit.BUSINESS_DAY)
        case EndOfBusinessDay():
            return CoreQuantity(1, Unit.END_OF_BUSINESS_DAY)
        case CalendarDays(count) if count % 7 == 0:
            return CoreQuantity(count // 7, Unit.WEEK)
        case CalendarDays(count):
            return CoreQuantity(count, Unit.DAY)


def day_rules(rules: DayRules) -> core_marks.DayRules:
    return core_marks.DayRules(
        business_day=core_marks.BusinessDay(rules.mode),
        day_seconds=rules.day_seconds,
        from_next_opening=rules.outside_hours == "next_opening",
    )


def terms(described: Mapping[str, Terms]) -> dict[str, core_terms.Terms]:
    calendars = Calendars()
    targets = {key: table(each, calendars) for key, each in described.items()}
    return {
        key: core_terms.Terms(
            policy="oracle",
            version="1",
            plan=each.key,
            priorities=tuple(core_terms.Priority(key=priority) for priority in PRIORITIES),
            calendars=calendars.rules,
            targets=targets[key],
            rules=rules(each),
            ladder=ladder(each),
            exclusions=frozenset({"elsewhere", "abroad"}),
        )
        for key, each in described.items()
    }


def table(each: Terms, calendars: Calendars) -> dict[Kind, dict[str, tuple[core_terms.Cell, ...]]]:
    return {
        Kind(kind): {
            priority: tuple(cell(one, calendars) for one in cells)
            for priority, cells in by_priority.items()
        }
        for kind, by_priority in each.targets.items()
    }


def cell(one: Cell, calendars: Calendars) -> core_terms.Cell:
    during = one.when.during
    gate = core_terms.Gate(
        channel=tuple(value for name, value in one.when.facts.items() if name == "channel"),
        flags=one.when.flags,
        during=None if during is None else calendars.name(during),
    )
    words = {"best_effort": Untimed.BEST_EFFORT, "continuous": Untimed.CONTINUOUS}
    promised = words[one.within] if isinstance(one.within, str) else within(one.within)
    return core_terms.Cell(
        target=Target(within=promised, on=calendars.name(one.on)),
        when=gate,
        starts=one.starts,
        met_by=one.met_by,
    )


def rules(each: Terms) -> core_terms.Rules:
    return core_terms.Rules(
        days=day_rules(each.days),
        pauses={Kind(kind): reasons for kind, reasons in each.pauses.items()},
        priority_change={Kind(kind): mode for kind, mode in each.priority_change.items()},
        reopen=each.reopen,
    )


def ladder(each: Terms) -> core_terms.Ladder | None:
    if each.opens is None:
        return None
    rungs = tuple(core_terms.Rung() for _ in range(each.levels))
    return core_terms.Ladder(opens=Kind(each.opens), rungs=rungs)


def history(story: Sequence[Happened]) -> list[core_events.Event]:
    return [event(happened) for happened in story]


def event(happened: Happened) -> core_events.Event:
    """The event of that name, with those of its fields that were stated."""
    kind = core_events.NAMES[happened.what]
    stated: dict[str, object] = {
        "at": happened.at,
        "by": happened.by,
        "on": happened.on,
        "mark": happened.mark,
        "binding": happened.terms,
        "priority": happened.priority,
        "level": happened.level,
        "withdrawn": happened.withdrawn,
        "cause": happened.on,
        "into": "another",
        "minutes": 5,
        "facts": core_events.Facts(**happened.facts, flags=happened.flags),
    }
    known = {field.name for field in fields(kind)}
    given = {
        name: each for name, each in stated.items() if name in known and each not in ("", None)
    }
    return kind(**given)  # type: ignore[arg-type]
