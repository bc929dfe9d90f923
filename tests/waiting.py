"""Waiting for something that real processes do in their own time."""

import time
from collections.abc import Callable

PATIENCE_SECONDS = 180.0
"""Far more than anything needs, also on a slow and busy machine: only who waits in vain waits that long."""


def until(what: Callable[[], object]) -> None:
    """Wait until something is so; fail when it does not become so."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not what():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
