"""The scenes that docs/clocks.md shows. Each `promised` is worked out by hand there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from duly.core import quantity
from duly.core.calendar.values import Calendar, Combined, Edition, Editions, Holidays, Rule
from duly.core.clock.values import Kind
from duly.core.marks import BusinessDay, DayRules
from duly.core.terms import Cell, Gate, Ladder, Rules, Rung
from tests.core.calendars import daily, hours, weekdays
from tests.core.tickets import CALENDARS, Targets, terms
from tests.pictures.scene import Lane, Scene

PICTURES = Path(__file__).parents[2] / "docs" / "pictures" / "clocks"
FIRST, RESOLUTION, UPDATE = Kind.FIRST_RESPONSE, Kind.RESOLUTION, Kind.UPDATE
OPENED = "opened priority=1"


def lane(
    label: str,
    *promised: str,
    kind: Kind = FIRST,
    rules: Rules | None = None,
    ladder: Ladder | None = None,
    calendars: Mapping[str, Rule] = CALENDARS,
    history: tuple[str, ...] = (),
    **targets: Any,
) -> Lane:
    """A lane whose label is its target for priority 1, unless targets are given."""
    made = terms(rules=rules, ladder=ladder, **(targets or {kind.value: {"1": label}}))
    made = replace(made, calendars=calendars)
    return Lane(label=label, terms={"gold": made}, kind=kind, promised=promised, history=history)


def days(label: str, promised: str, rules: DayRules, within: str) -> Lane:
    return lane(label, promised, rules=Rules(days=rules), first_response={"1": within})


BERLIN = {
    "office": Calendar(zone="Europe/Berlin", week=weekdays((9, 17))),
    "night": Calendar(zone="Europe/Berlin", week=daily((1, 4))),
}
SUN: Mapping[str, Rule] = {
    "berlin": BERLIN["office"],
    "new-york": Calendar(zone="America/New_York", week=weekdays((9, 17))),
    "sun": Combined(op="union", parts=("berlin", "new-york")),
    "both": Combined(op="intersect", parts=("berlin", "new-york")),
    "out-of-hours": Combined(op="complement", parts=("sun",)),
}
OLD = Calendar(
    zone="UTC",
    week=weekdays((9, 17)),
    holidays=Holidays(dates=frozenset({date(2026, 3, 3)})),
    days={date(2026, 3, 4): hours((9, 13))},
)
EDITIONS: Mapping[str, Rule] = {
    "office": Editions(
        (
            Edition(None, OLD),
            Edition(date(2026, 3, 5), Calendar(zone="UTC", week=weekdays((8, 20)))),
        )
    )
}

TIME = (
    Scene(
        name="open-time",
        title="Hours that count on a calendar, and hours that always count",
        since="mon 00:00",
        until="wed 00:00",
        history=(f"mon 15:00 {OPENED}",),
        at="mon 15:00",
        lanes=(
            lane("4 business hours", "running tue 11:00"),
            lane("2 business hours", "running mon 17:00"),
            lane("4 hours", "running mon 19:00"),
        ),
    ),
    Scene(
        name="business-days",
        title="Two business days counted in three ways",
        since="fri 00:00",
        until="wed+1 00:00",
        history=(f"fri 16:00 {OPENED}",),
        at="fri 16:00",
        lanes=(
            days("end_of_nth_day", "running tue+1 17:00", DayRules(), "2 business days"),
            days(
                "same_local_time",
                "running tue+1 16:00",
                DayRules(business_day=BusinessDay.SAME_LOCAL_TIME),
                "2 business days",
            ),
            days(
                "open_hours, 6 a day",
                "running tue+1 12:00",
                DayRules(business_day=BusinessDay.OPEN_HOURS, day_seconds=6 * 3600),
                "2 business days",
            ),
        ),
    ),
    Scene(
        name="outside-hours",
        title="A report after hours, counted from its own date or from the next opening",
        since="mon 00:00",
        until="thu 00:00",
        history=(f"mon 20:00 {OPENED}",),
        at="mon 20:00",
        lanes=(
            days("as_received", "running tue 17:00", DayRules(), "1 business day"),
            days(
                "next_opening",
                "running wed 17:00",
                DayRules(from_next_opening=True),
                "1 business day",
            ),
        ),
    ),
    Scene(
        name="calendar-days",
        title="Calendar days, and the end of the business day",
        since="thu 00:00",
        until="tue+1 00:00",
        history=(f"thu 11:00 {OPENED}",),
        at="thu 11:00",
        lanes=(
            lane("1 day", "running fri 17:00"),
            lane("2 days", "running mon+1 17:00"),
            lane("end of business day", "running thu 17:00"),
        ),
    ),
    Scene(
        name="spring",
        title="The night in which an hour is missing",
        since="thu+3 23:00",
        until="mon+4 22:00",
        zone="Europe/Berlin",
        history=(f"fri+3 15:00 {OPENED}",),
        at="fri+3 15:00",
        lanes=(
            lane("8 business hours", "running mon+4 14:00", calendars=BERLIN),
            lane("64 hours", "running mon+4 07:00", calendars=BERLIN),
        ),
    ),
    Scene(
        name="autumn",
        title="The night in which an hour comes twice",
        since="sat+33 22:00",
        until="sun+33 06:00",
        zone="Europe/Berlin",
        calendars=("night",),
        history=(f"sat+33 22:00 {OPENED}",),
        at="sat+33 22:00",
        lanes=(lane("4 hours on night", "running sun+33 03:00", calendars=BERLIN),),
    ),
    Scene(
        name="combined",
        title="Two offices together, both at once, and the rest of the time",
        since="mon 00:00",
        until="tue 12:00",
        calendars=("berlin", "new-york", "sun", "both", "out-of-hours"),
        history=(f"mon 07:00 {OPENED}",),
        at="mon 07:00",
        lanes=(
            lane("10 hours on sun", "running mon 18:00", calendars=SUN),
            lane("2 hours on both", "running mon 16:00", calendars=SUN),
            lane("4 hours on out-of-hours", "running tue 01:00", calendars=SUN),
        ),
    ),
    Scene(
        name="holidays",
        title="A holiday, a short day and a new edition of the calendar",
        since="mon 00:00",
        until="fri 00:00",
        history=(f"mon 15:00 {OPENED}",),
        at="mon 15:00",
        lanes=(
            lane("12 business hours", "running thu 14:00", calendars=EDITIONS),
            lane("2 business days", "running thu 20:00", calendars=EDITIONS),
        ),
    ),
)

FROM_START = Rules(priority_change={FIRST: "from_start", RESOLUTION: "from_start"})
TWO: Targets = {"1": "2 business hours", "2": "4 business hours"}
CALLED: Targets = {
    "1": (
        Cell(target=quantity.parse("4 hours"), when=Gate(channel=("phone",))),
        Cell(target=quantity.parse("4 business hours")),
    )
}
AT_NIGHT: Targets = {
    "1": (
        Cell(
            target=quantity.parse("30 minutes"),
            when=Gate(channel=("phone",), during="out-of-hours"),
        ),
        Cell(target=quantity.parse("1 business hour")),
    )
}
GATED = {**CALENDARS, "out-of-hours": Combined(op="complement", parts=("office",))}
REPRODUCED: Targets = {"1": Cell(target=quantity.parse("8 business hours"), starts="reproduced")}
LADDER = Ladder(opens=FIRST, rungs=(Rung(title="Head of support"), Rung(title="Director")))
EIGHT: Targets = {"1": "8 business hours"}


def moved() -> Lane:
    gold = terms(resolution=EIGHT)
    silver = terms(plan="silver", resolution={"1": "16 business hours"})
    return Lane(
        label="moved to silver",
        terms={"gold": gold, "silver": silver},
        kind=RESOLUTION,
        promised=("running tue 17:00",),
    )


CLOCKS = (
    Scene(
        name="cycles",
        title="Each question of the customer is owed an answer",
        since="mon 06:00",
        until="tue 18:00",
        at="mon 16:30",
        history=(
            f"mon 09:00 {OPENED}",
            "mon 10:00 replied by=agent",
            "mon 11:00 replied by=customer",
            "mon 12:00 replied by=customer",
            "mon 13:00 replied by=agent",
            "mon 16:00 replied by=customer",
        ),
        lanes=(
            lane("first response", "met mon 13:00", first_response={"1": "4 business hours"}),
            lane(
                "next response",
                "met mon 15:00",
                "running tue 12:00",
                kind=Kind.NEXT_RESPONSE,
                next_response={"1": "4 business hours"},
            ),
        ),
    ),
    Scene(
        name="pauses",
        title="Waiting on the customer pauses the solution, never the first response",
        since="mon 00:00",
        until="wed 00:00",
        history=(
            f"mon 09:00 {OPENED}",
            "mon 11:00 waiting on=customer",
            "tue 10:00 replied by=customer",
        ),
        at="tue 10:00",
        lanes=(
            lane("resolution", "running tue 16:00", kind=RESOLUTION, resolution=EIGHT),
            lane("first response", "missed mon 17:00", first_response=EIGHT),
        ),
    ),
    Scene(
        name="updates",
        title="Updates follow each other; a missed one is missed for good",
        since="mon 00:00",
        until="wed 00:00",
        at="tue 12:00",
        history=(
            f"mon 08:00 {OPENED}",
            "mon 10:00 replied by=agent",
            "mon 13:00 updated",
            "tue 10:00 replied by=agent",
        ),
        lanes=(
            lane(
                "every 4 business hours",
                "met mon 14:00",
                "missed mon 17:00",
                "met tue 13:00",
                "running tue 14:00",
                kind=UPDATE,
            ),
        ),
    ),
    Scene(
        name="priority-change",
        title="A more urgent priority, counted from the change or from the start",
        since="mon 08:00",
        until="mon 17:00",
        at="mon 10:45",
        history=("mon 09:00 opened priority=2", "mon 10:30 prioritised priority=1"),
        lanes=(
            lane("from_change", "superseded mon 13:00", "running mon 12:30", first_response=TWO),
            lane("from_start", "running mon 11:00", rules=FROM_START, first_response=TWO),
        ),
    ),
    Scene(
        name="called-in",
        title="The same priority, called in: the facts select a faster target",
        since="sat 12:00",
        until="tue+1 00:00",
        at="sat 23:30",
        history=(
            "sat 22:00 opened priority=1 channel=web",
            "sat 23:00 prioritised priority=1 channel=phone",
        ),
        lanes=(
            lane(
                "from_change", "superseded mon+1 13:00", "running sun 03:00", first_response=CALLED
            ),
            lane("from_start", "running sun 02:00", rules=FROM_START, first_response=CALLED),
        ),
    ),
    Scene(
        name="first-priority",
        title="A report without a priority",
        since="mon 08:00",
        until="tue 00:00",
        at="mon 15:00",
        history=("mon 09:00 opened", "mon 15:00 prioritised priority=1"),
        lanes=(
            lane("2 business hours", "running mon 15:00"),
            lane("8 business hours", "running mon 17:00"),
        ),
    ),
    Scene(
        name="moved",
        title="Other terms count from the start of the clock",
        since="mon 00:00",
        until="wed 00:00",
        at="mon 13:00",
        history=(f"mon 09:00 {OPENED}", "mon 12:00 moved binding=silver"),
        lanes=(moved(),),
    ),
    Scene(
        name="reopening",
        title="A solution taken back",
        since="mon 00:00",
        until="wed 00:00",
        at="tue 09:30",
        history=(
            f"mon 09:00 {OPENED}",
            "mon 12:00 resolved by=agent",
            "tue 09:00 reopened by=customer",
        ),
        lanes=(
            lane("continue", "running tue 14:00", kind=RESOLUTION, resolution=EIGHT),
            lane(
                "restart",
                "met mon 17:00",
                "running tue 17:00",
                kind=RESOLUTION,
                rules=Rules(reopen="restart"),
                resolution=EIGHT,
            ),
        ),
    ),
    Scene(
        name="gates",
        title="The first cell whose gate holds",
        since="mon 12:00",
        until="tue 14:00",
        calendars=("office", "out-of-hours"),
        at="mon 21:00",
        lanes=(
            lane(
                "by telephone",
                "running mon 21:30",
                calendars=GATED,
                first_response=AT_NIGHT,
                history=("mon 21:00 opened priority=1 channel=phone",),
            ),
            lane(
                "by mail",
                "running tue 10:00",
                calendars=GATED,
                first_response=AT_NIGHT,
                history=("mon 21:00 opened priority=1 channel=email",),
            ),
        ),
    ),
    Scene(
        name="starts",
        title="A clock that starts at a mark",
        since="mon 00:00",
        until="thu 00:00",
        at="tue 11:00",
        history=(f"mon 09:00 {OPENED}", "tue 10:00 marked as=reproduced"),
        lanes=(
            lane("starts: reproduced", "running wed 10:00", kind=RESOLUTION, resolution=REPRODUCED),
        ),
    ),
    Scene(
        name="escalation",
        title="Misses open the levels",
        since="mon 08:00",
        until="tue 00:00",
        at="mon 15:00",
        history=(f"mon 09:00 {OPENED}", "mon 12:00 escalated level=1"),
        lanes=(
            lane("first response", "missed mon 11:00", ladder=LADDER, first_response=TWO),
            lane(
                "escalation",
                "missed mon 14:00",
                kind=Kind.ESCALATION,
                ladder=LADDER,
                first_response=TWO,
            ),
        ),
    ),
    Scene(
        name="endings",
        title="Clocks that end without an answer",
        since="mon 08:00",
        until="mon 20:00",
        at="mon 16:00",
        lanes=(
            lane(
                "solved by the customer",
                "void mon 17:00",
                first_response=EIGHT,
                history=(f"mon 09:00 {OPENED}", "mon 11:00 resolved by=customer"),
            ),
            lane(
                "excluded",
                "void mon 17:00",
                first_response=EIGHT,
                history=(f"mon 09:00 {OPENED}", "mon 11:00 excluded cause=abroad"),
            ),
            lane(
                "and withdrawn",
                "running mon 17:00",
                first_response=EIGHT,
                history=(
                    f"mon 09:00 {OPENED}",
                    "mon 11:00 excluded cause=abroad",
                    "mon 13:00 excluded cause=abroad withdrawn=yes",
                ),
            ),
        ),
    ),
)
SCENES = (*TIME, *CLOCKS)
