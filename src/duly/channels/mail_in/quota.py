"""How much one sender may hand over within an hour; what is beyond waits at their own server."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

MAILS_AN_HOUR = 600
BYTES_AN_HOUR = 500 * 1024 * 1024
HOUR = 3600.0


@dataclass(slots=True)
class _Used:
    mails: deque[tuple[float, int]] = field(default_factory=deque)
    size: int = 0


class Quota:
    """What each sender handed over in the hour that is ending now."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """`clock` gives seconds that only go forward."""
        self._clock = clock
        self._lock = threading.Lock()
        self._used: dict[str, _Used] = {}

    def takes(self, sender: str, size: int) -> bool:
        """Whether a mail of so many bytes is within the quota; if so it counts from now on."""
        with self._lock:
            now = self._clock()
            self._forget(now)
            used = self._used.setdefault(sender, _Used())
            if len(used.mails) >= MAILS_AN_HOUR or used.size + size > BYTES_AN_HOUR:
                return False
            used.mails.append((now, size))
            used.size += size
            return True

    def _forget(self, now: float) -> None:
        for sender, used in list(self._used.items()):
            while used.mails and now - used.mails[0][0] >= HOUR:
                used.size -= used.mails.popleft()[1]
            if not used.mails:
                del self._used[sender]
