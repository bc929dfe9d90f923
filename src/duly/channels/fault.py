"""Named points at which a test may kill the process, so that every step between a stranger's mail and ours is proved.

Settings refuse to arm one in production; unarmed, a point costs one comparison.
"""

import os
import signal

POINTS = (
    "mail_in.fetched",
    "mail_in.kept",
    "mail_in.settled",
    "mail_in.cursor_moved",
    "mail_in.taken",
    "mail_in.read",
    "mail_in.sorted",
    "mail_in.received",
    "mail_in.acknowledged",
    "mail_in.posted",
    "mail_in.posted_kept",
    "mail_out.claimed",
    "mail_out.handed_over",
    "mail_out.settled",
)
"""Every point there is. A test fails when one has no kill test, or stands in the code and not here."""

_armed = ""


def arm(name: str) -> None:
    """Let the process die, as by a power cut, when it reaches a point.

    Raises:
        ValueError: there is no such point.
    """
    global _armed  # noqa: PLW0603 - one fault for the process is the point
    if name and name not in POINTS:
        raise ValueError(f"there is no fault point {name!r}; there are {', '.join(POINTS)}")
    _armed = name


def fault_point(name: str) -> None:
    """Die here if this point is armed."""
    if name == _armed:
        os.kill(os.getpid(), signal.SIGKILL)
