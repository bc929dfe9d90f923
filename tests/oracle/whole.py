"""The whole proof: every zone, every transition from 2000 to 2040, until done or out of time."""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.oracle.compare import same_life, same_promises
from tests.oracle.draw import Desk, desks
from tests.oracle.draw_lives import Life, lives
from tests.oracle.sample import SEED, prove
from tests.oracle.transitions import FIRST, LAST, ZONES, transitions
from tests.oracle.wall import offset

TOGETHER = 8
"""Places in one case. Hypothesis begins each run with its smallest case, so a run should not be small."""


@dataclass
class Progress:
    """What has been compared so far."""

    seconds: float
    zones: int
    done: int = 0
    transitions: int = 0
    desks: int = 0
    lives: int = 0
    disagreements: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.began

    @property
    def is_out_of_time(self) -> bool:
        return self.elapsed > self.seconds

    def say(self, last: str) -> None:
        sys.stdout.write(
            f"{self.elapsed:6.0f} s  {self.done} of {self.zones} zones  {self.transitions} "
            f"transitions  {self.desks} calendars  {self.lives} tickets  "
            f"{self.disagreements} disagreements  {last}\n"
        )
        sys.stdout.flush()


def distinct(zones: Sequence[str]) -> list[str]:
    """One name for all that kept the same time from 2000 to 2040."""
    kept = {
        (offset(zone, FIRST), *((at, offset(zone, at)) for at in transitions(zone))): zone
        for zone in reversed(zones)
    }
    return list(kept.values())


@dataclass(repr=False)
class Places:
    """A calendar and a ticket at each of several places; printed whole it would be a book."""

    desks: list[Desk]
    lives: list[Life]


def same_places(places: Places) -> None:
    for desk in places.desks:
        same_promises(desk)
    for life in places.lives:
        same_life(life)


def prove_zone(zone: str, draws: int, seed: int, progress: Progress) -> None:
    """At every transition and at four instants anywhere: a calendar and a ticket in each draw."""
    rng = random.Random(f"{seed} {zone}")
    places = [*transitions(zone), *(rng.randint(FIRST, LAST) for _ in range(4))]
    for first in range(0, len(places), TOGETHER):
        if progress.is_out_of_time:
            return
        near = places[first : first + TOGETHER]
        calendars = st.tuples(*(desks(zone, place) for place in near)).map(list)
        tickets = st.tuples(*(lives(zone, place) for place in near)).map(list)
        cases = st.builds(Places, calendars, tickets)
        try:
            prove(same_places, cases, 1 + draws, rng.getrandbits(32))
        except AssertionError as differing:
            progress.disagreements += 1
            progress.say(f"{zone}: {differing}")
        progress.desks += (1 + draws) * len(near)
        progress.lives += (1 + draws) * len(near)
        progress.transitions += sum(place in transitions(zone) for place in near)
    progress.done += 1
    progress.say(zone)


def main() -> int:
    """Say by the exit status whether core and oracle agreed."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.whole", description=__doc__)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after this long")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--draws", type=int, default=1, help="how many at each place, besides the smallest"
    )
    parser.add_argument("zones", nargs="*", default=list(ZONES), metavar="ZONE")
    asked = parser.parse_args()
    zones = distinct(asked.zones)
    progress = Progress(asked.seconds, len(zones))
    progress.say(f"seed {asked.seed}, {asked.draws} draws at each place besides the smallest")
    for zone in zones:
        prove_zone(zone, asked.draws, asked.seed, progress)
    progress.say("done" if progress.done == len(zones) else "out of time")
    return 1 if progress.disagreements else 0


if __name__ == "__main__":
    sys.exit(main())
