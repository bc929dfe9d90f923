"""The whole proof: every zone, every transition from 2000 to 2040, until done or out of time."""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.oracle.compare import same_life, same_promises
from tests.oracle.draw import Desk, desks
from tests.oracle.draw_lives import Life, lives
from tests.oracle.sample import SEED, prove
from tests.oracle.transitions import FIRST, LAST, ZONES, transitions
from tests.oracle.wall import offset

TOGETHER = 8
"""Places in one case."""


@dataclass
class Tally:
    """What has been compared in a zone, or in all so far."""

    zones: int = 0
    transitions: int = 0
    calendars: int = 0
    tickets: int = 0
    differing: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.zones += other.zones
        self.transitions += other.transitions
        self.calendars += other.calendars
        self.tickets += other.tickets
        self.differing += other.differing


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

    desks: list[Desk] = field(default_factory=list)
    lives: list[Life] = field(default_factory=list)


@st.composite
def drawn(draw: st.DrawFn, zone: str, near: list[int]) -> Places:
    """Hypothesis begins each run with its smallest case; that has no places, so that all time goes to others."""
    if draw(st.integers(0, 2**40)) == 0:
        return Places()
    return Places(
        [draw(desks(zone, place)) for place in near], [draw(lives(zone, place)) for place in near]
    )


def prove_zone(zone: str, draws: int, seed: int, until: float) -> Tally:
    """At every transition and at four instants anywhere: a calendar and a ticket in each draw."""
    rng = random.Random(f"{seed} {zone}")
    places = [*transitions(zone), *(rng.randint(FIRST, LAST) for _ in range(4))]
    tally = Tally()

    def same(case: Places) -> None:
        for desk in case.desks:
            same_promises(desk)
            tally.calendars += 1
        for life in case.lives:
            same_life(life)
            tally.tickets += 1

    for first in range(0, len(places), TOGETHER):
        if time.monotonic() > until:
            return tally
        near = places[first : first + TOGETHER]
        try:
            prove(same, drawn(zone, near), 1 + draws, rng.getrandbits(32))
        except AssertionError as differing:
            tally.differing.append(f"{zone}: {differing}")
        tally.transitions += sum(place in transitions(zone) for place in near)
    tally.zones = 1
    return tally


def main() -> int:
    """Say by the exit status whether core and oracle agreed everywhere."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.whole", description=__doc__)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after this long")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--draws", type=int, default=1, help="at each place")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("zones", nargs="*", default=list(ZONES), metavar="ZONE")
    asked = parser.parse_args()
    began, zones, whole = time.monotonic(), distinct(asked.zones), Tally()

    def say(last: str) -> None:
        sys.stdout.write(
            f"{time.monotonic() - began:6.0f} s  {whole.zones} of {len(zones)} zones  "
            f"{whole.transitions} transitions  {whole.calendars} calendars  {whole.tickets} tickets  "
            f"{len(whole.differing)} disagreements  {last}\n"
        )
        sys.stdout.flush()

    say(f"seed {asked.seed}, {asked.draws} draws at each place")
    with ProcessPoolExecutor(asked.processes) as pool:
        running = {
            pool.submit(prove_zone, zone, asked.draws, asked.seed, began + asked.seconds): zone
            for zone in zones
        }
        for one in as_completed(running):
            whole.add(one.result())
            say("\n".join([running[one], *one.result().differing]))
    say("done" if whole.zones == len(zones) else "out of time")
    return 1 if whole.differing else 0


if __name__ == "__main__":
    sys.exit(main())
