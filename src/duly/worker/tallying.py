"""The counting loop: badges follow the queue within a few seconds, and take at most a tenth of one processor."""

import time

from duly.channels import wall_clock
from duly.desk.actions.tickets.tally import tally_held, tally_queue, tally_view, views_to_tally
from duly.desk.queries.freshness import latest_event

PAUSE_SECONDS = 2.0
SHARE = 10
"""The loop rests this many times as long as it worked."""
ANEW_SECONDS = 60.0
"""Counts that time alone changes, such as what is due within an hour, are made anew this often."""

_last: tuple[object, float] = (None, 0.0)


def step() -> float:
    """Count anew if anything happened, one view after the other."""
    global _last  # noqa: PLW0603 - what this process counted last
    begun, views = time.monotonic(), list(views_to_tally())
    tally_held()
    seen = (latest_event(), tuple(views))
    if seen == _last[0] and begun - _last[1] < ANEW_SECONDS:
        return PAUSE_SECONDS
    tally_queue(at=wall_clock.now())
    for view_id in views:
        tally_view(view_id=view_id, at=wall_clock.now())
    _last = (seen, begun)
    return max(PAUSE_SECONDS, SHARE * (time.monotonic() - begun))
