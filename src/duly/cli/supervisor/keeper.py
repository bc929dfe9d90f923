"""Keeping children up: one that dies is started again, sooner or later by how often it died."""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

from duly.cli.supervisor.child import Child

FIRST_DELAY_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 30.0
HEALTHY_AFTER_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.2


@dataclass
class Kept:
    """A child and what is known of its deaths. `start` starts it again."""

    child: Child
    start: Callable[[], None]
    started_at: float = 0.0
    start_at: float | None = None
    delay: float = FIRST_DELAY_SECONDS

    def look(self, now: float, say: Callable[[str], None]) -> None:
        """Start the child again when it is dead and its time has come."""
        if self.start_at is not None:
            if now >= self.start_at:
                self.start_at, self.started_at = None, now
                self.start()
        elif not self.child.alive:
            if now - self.started_at > HEALTHY_AFTER_SECONDS:
                self.delay = FIRST_DELAY_SECONDS
            self.start_at = now + self.delay
            say(
                f"{self.child.name} {how_it_ended(self.child)}; starting it again (log: {self.child.log})"
            )
            self.delay = min(self.delay * 2, LONGEST_DELAY_SECONDS)


def keep(children: list[Kept], say: Callable[[str], None]) -> None:
    """Keep the children up until an exception ends the loop (a signal that asks us to stop raises one)."""
    for kept in children:
        kept.started_at = time.monotonic()
    while True:
        for kept in children:
            kept.look(time.monotonic(), say)
        time.sleep(LOOK_EVERY_SECONDS)


def how_it_ended(child: Child) -> str:
    """Say in words how a process ended."""
    code = child.process.returncode if child.process else None
    if code is not None and code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"ended with code {code}"
