"""Ending with the parent: a child that outlives the one who started it would keep ports and locks."""

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
POLL_SECONDS = 0.5

# Loaded here, before any fork: loading a library between fork and exec can deadlock.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
KERNEL_TELLS = _libc is not None
"""Whether the kernel tells a child that its parent died."""


def bind(ends_with: signal.Signals) -> Callable[[], None]:
    """Make what a child runs between fork and exec, so that the kernel signals it when its parent dies.

    Elsewhere than on Linux it does nothing: there children watch for themselves (`watch_parent`, `guard`).
    """
    parent = os.getpid()

    def in_child() -> None:
        if _libc is None:
            return
        _libc.prctl(PR_SET_PDEATHSIG, int(ends_with))
        if os.getppid() != parent:  # it died before we asked to be told
            os._exit(1)

    return in_child


def watch_parent(ends_with: signal.Signals = signal.SIGTERM) -> None:
    """End this process when its parent does, whatever the system."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, int(ends_with))
        return
    poll_parent(lambda: os.kill(os.getpid(), ends_with))


def poll_parent(then: Callable[[], None]) -> None:
    """Look for the parent twice a second in a thread, and act once when it is gone."""
    parent = os.getppid()

    def poll() -> None:
        while os.getppid() == parent:
            time.sleep(POLL_SECONDS)
        then()

    threading.Thread(target=poll, daemon=True, name="parent").start()
