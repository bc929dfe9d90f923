"""Waiting for something that real processes do in their own time."""

import time
from collections.abc import Callable


def until(what: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until something is so; fail when it does not become so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
