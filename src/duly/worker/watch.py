"""The watch: lets time have its effect on tickets, and replies leave, within about a second of the instant."""

from duly.channels import wall_clock
from duly.desk.access.actor import the_desk
from duly.desk.actions.agreements.come_into_force import come_into_force
from duly.desk.actions.tickets.send import let_leave, next_leave
from duly.desk.actions.tickets.wake import next_wake, wake

LONGEST_PAUSE_SECONDS = 1.0
"""A ticket may get an earlier instant while we sleep."""
SHORTEST_PAUSE_SECONDS = 0.05
"""Another watch holds what is due."""


def step() -> float:
    """Let new terms take over first, so that nothing is missed under old ones; then wake the tickets due."""
    now = wall_clock.now()
    if come_into_force(actor=the_desk("timer"), at=now) + let_leave(at=now) + wake(at=now):
        return 0
    due_at = min(filter(None, (next_wake(), next_leave())), default=None)
    if due_at is None:
        return LONGEST_PAUSE_SECONDS
    until = (due_at - wall_clock.now()).total_seconds()
    return min(max(until, SHORTEST_PAUSE_SECONDS), LONGEST_PAUSE_SECONDS)
