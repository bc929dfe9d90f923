"""What a fold of 20 events costs in deadlines of the same run: ``python -m bench.fold``; `core` measures it too.

The baseline is a hundred deadlines, so that both sides run long enough for a busy neighbour to hit both.
"""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import process_time
from typing import TypeAlias

from bench._ratio import report
from duly.core import history as histories_of
from duly.core import quantity
from duly.core.bulk_folds import fold_many
from duly.core.calendar.values import Calendar, Interval
from duly.core.clock.fold import fold
from duly.core.clock.values import Kind
from duly.core.events import Event
from duly.core.instant import parse
from duly.core.open_time import OpenTime
from duly.core.terms import Cell, Priority, Terms
from duly.policy import bind, read, subscription

HOUR = 3600
OFFICE = (Interval(9 * HOUR, 17 * HOUR),)
CALENDARS = {"office": Calendar(zone="Europe/Berlin", week=(OFFICE,) * 5 + ((), ()))}

PLAIN = {
    Kind.FIRST_RESPONSE: {"1": "4 business hours", "2": "8 business hours"},
    Kind.RESOLUTION: {"1": "32 business hours", "2": "64 business hours"},
}
RICH = PLAIN | {
    Kind.NEXT_RESPONSE: {"1": "2 business hours", "2": "4 business hours"},
    Kind.UPDATE: {"1": "every 4 business hours", "2": "every business day"},
    Kind.WORKAROUND: {"1": "16 business hours", "2": "2 business days"},
    Kind.ROOT_CAUSE: {"1": "5 business days", "2": "5 business days"},
}

TWENTY_EVENTS = """
02T08:10 opened priority=2 binding=it channel=email
02T08:11 replied by=automatic
02T09:00 noted
02T10:00 replied by=agent
02T11:00 replied by=customer
02T11:30 prioritised priority=1
02T12:00 replied by=agent
02T12:00 waiting on=customer
02T15:00 replied by=customer
02T15:10 noted
02T15:40 replied by=agent
03T08:10 updated
03T09:00 marked as=workaround
03T10:00 replied by=agent
03T10:00 waiting on=customer
04T08:00 replied by=customer
04T09:00 resolved by=agent
04T10:00 reopened by=customer
04T11:00 replied by=agent
04T11:05 noted
"""
AT = parse("2026-03-04T11:10Z")
GALLERY = Path(__file__).parents[1] / "policies"

Published: TypeAlias = tuple[str, list[Event], dict[str, Terms]]
"""A plan's name, a history, and the terms it names."""


def measured() -> bool:
    """Measure, print, and say whether every gate holds."""
    history = events(TWENTY_EVENTS)
    plain, rich = {"it": terms(PLAIN)}, {"it": terms(RICH)}
    slowest = max(published(), key=cost)
    held = [
        compare("a fold, two kinds, 3 cycles", history, plain, at_most=2.5),
        compare("a fold, six kinds, 19 cycles", history, rich, at_most=5),
        compare(f"a fold, slowest plan: {slowest[0]}", *slowest[1:], at_most=3),
        together("1000 folds at once / one by one", history, plain),
    ]
    return all(held)


def published() -> Iterator[Published]:
    """Every plan of the gallery with the twenty events, at its own two highest priorities."""
    own = {"customer": {"zone": "Europe/Berlin", "week": {"mon-fri": "09:00-17:00"}}}
    for file in sorted(GALLERY.glob("*.yaml")):
        document = read(file)
        for plan in document.policy.plans:
            facts = {"plan": plan, "calendars": own}
            bound = bind(document, subscription(facts), on=date(2026, 3, 1))
            first, second = ([level.key for level in bound.priorities] * 2)[:2]
            said = TWENTY_EVENTS.replace("priority=2", f"priority={second}")
            said = said.replace("priority=1", f"priority={first}")
            yield f"{file.stem} {plan}", events(said), {"it": bound}


def cost(plan: Published) -> float:
    """Processor seconds of some folds, to find the slowest plan."""
    _name, history, known = plan
    fold(history, known, AT)  # compiles its calendars
    began = process_time()
    for _ in range(20):
        fold(history, known, AT)
    return process_time() - began


def compare(what: str, history: list[Event], known: dict[str, Terms], *, at_most: float) -> bool:
    """Folds against as many deadlines."""
    office = OpenTime("office", CALENDARS)
    start = history[0].at

    def ours() -> None:
        for _ in range(200):
            fold(history, known, AT)

    def bare() -> None:
        due = office.due
        for _ in range(20_000):
            due(start, 8 * HOUR)

    return report(what, ours, bare, 200, at_most=at_most)


def together(what: str, history: list[Event], known: dict[str, Terms]) -> bool:
    """Many folds in one call against a loop: what the call itself costs."""
    histories = [history] * 1000
    return report(
        what,
        lambda: fold_many(histories, known, AT),
        lambda: [fold(each, known, AT) for each in histories],
        1000,
        at_most=1.2,
    )


def events(said: str) -> list[Event]:
    """The events of some lines."""
    return [event(line) for line in said.split("\n") if line]


def event(line: str) -> Event:
    """The event of ``02T09:00 replied by=agent``."""
    at, name, *said = line.split()
    return histories_of.read(
        {"at": f"2026-03-{at}Z", "event": name, **dict(field.split("=") for field in said)}
    )


def terms(targets: dict[Kind, dict[str, str]]) -> Terms:
    """Terms with two priorities on office hours."""
    return Terms(
        policy="bench",
        version="1",
        plan="it",
        priorities=(Priority(key="1"), Priority(key="2")),
        calendars=CALENDARS,
        hours={"1": "office", "2": "office"},
        targets={
            kind: {key: (Cell(target=quantity.parse(words)),) for key, words in row.items()}
            for kind, row in targets.items()
        },
    )


if __name__ == "__main__":
    sys.exit(not measured())
