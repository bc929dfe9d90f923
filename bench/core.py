"""What a promise costs to compute, as ratios measured in one run: ``python -m bench.core``."""

import sys
from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, datetime, time
from random import Random

import businesstimedelta
import numpy as np
import pytz

from bench import fold
from bench._ratio import report, timed
from duly.core.bulk import BLOCK, Bulk
from duly.core.calendar.values import ALWAYS, Calendar, Combined, Interval, Rule
from duly.core.instant import parse
from duly.core.open_time import OpenTime

SEED = 2026
HOUR = 3600
FIRST, LAST = parse("2024-01-01T00:00Z"), parse("2030-01-01T00:00Z")
BUDGETS = [HOUR // 4, HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, 40 * HOUR]

DAY = (Interval(9 * HOUR, 17 * HOUR),)
SHIFTS = (Interval(6 * HOUR, 12 * HOUR), Interval(13 * HOUR, 22 * HOUR))
CALENDARS: dict[str, Rule] = {
    "office": Calendar(zone="Europe/Berlin", week=(DAY, DAY, DAY, DAY, DAY, (), ())),
    "shifts": Calendar(zone="America/New_York", week=(SHIFTS,) * 6 + ((),)),
    "sydney": Calendar(zone="Australia/Sydney", week=(DAY, DAY, DAY, DAY, DAY, (), ())),
    "sun": Combined(op="union", parts=("office", "shifts", "sydney"), zone="UTC"),
    "always": ALWAYS,
}


def main() -> int:
    """Measure, print, and say by the exit status whether every gate holds."""
    print(f"seed {SEED}; medians; a ratio is ours against the baseline of the same line")
    measured = [compiling(), one_deadline(), peer(), millions(), fold.measured()]
    return 0 if all(measured) else 1


def compiling() -> bool:
    """For the record, without a gate: the first question to a calendar lays it out over three years."""
    took = timed(lambda: OpenTime("office", CALENDARS).due(FIRST, HOUR), runs=5)
    print(f"compile a calendar over 3 years           {took * 1e3:9.1f} ms")
    return True


def one_deadline() -> bool:
    """One deadline against one bare bisect over the same table."""
    random = Random(SEED)
    office = OpenTime("office", CALENDARS)
    asked = [(random.randrange(FIRST, LAST), random.choice(BUDGETS)) for _ in range(50_000)]
    opens = office.table(FIRST, LAST).opens

    def ours() -> None:
        due = office.due
        for start, seconds in asked:
            due(start, seconds)

    def bare() -> None:
        for start, _ in asked:
            bisect_right(opens, start)

    return report("one deadline / a bare bisect", ours, bare, len(asked), at_most=3)


def peer() -> bool:
    """One deadline against businesstimedelta, the best exact public library that was found."""
    random = Random(SEED)
    office = OpenTime("office", CALENDARS)
    rules = businesstimedelta.Rules(
        [businesstimedelta.WorkDayRule(time(9), time(17), range(5), pytz.timezone("Europe/Berlin"))]
    )
    pairs = [(random.randrange(FIRST, LAST), random.choice([1, 4, 8, 16, 40])) for _ in range(300)]
    local = [
        (datetime.fromtimestamp(start, UTC), businesstimedelta.BusinessTimeDelta(rules, hours))
        for start, hours in pairs
    ]
    theirs = [int((start + delta).timestamp()) for start, delta in local]
    assert theirs == [office.due(start, hours * HOUR) for start, hours in pairs]

    def ours() -> None:
        for start, hours in pairs:
            office.due(start, hours * HOUR)

    def peers() -> None:
        for start, delta in local:
            start + delta

    return report("businesstimedelta / one deadline", peers, ours, len(pairs), at_least=50)


def millions() -> bool:
    """A million answers on mixed calendars against one plain search of the same starts in the same array."""
    random = np.random.default_rng(SEED)
    bulk = Bulk([OpenTime(name, CALENDARS) for name in CALENDARS])
    which = random.integers(0, len(CALENDARS), 1_000_000)
    starts = random.integers(FIRST, LAST, 1_000_000)
    seconds = random.choice(np.array(BUDGETS, dtype=np.int64), 1_000_000)
    days, ends = seconds // HOUR % 9 + 1, starts + 10 * seconds
    bulk.due(which, starts, seconds)
    openings, keys = bulk.pack(FIRST, LAST).keys, which * BLOCK + starts
    asked: dict[str, Callable[[], object]] = {
        "deadlines": lambda: bulk.due(which, starts, seconds),
        "business days": lambda: bulk.closes(which, starts, days),
        "elapsed times": lambda: bulk.elapsed(which, starts, ends),
    }

    def plain() -> None:
        np.searchsorted(openings, keys, side="right")

    ratios = [
        report(f"a million {what} / searchsorted", ours, plain, len(starts), at_most=3)
        for what, ours in asked.items()
    ]
    return all(ratios)


if __name__ == "__main__":
    sys.exit(main())
