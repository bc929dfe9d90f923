"""A loop: one step again and again; an error is reported and the next step waits longer, but comes."""

import logging
import threading
from collections.abc import Callable

from django.db import OperationalError, close_old_connections, connection

FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 30.0

logger = logging.getLogger(__name__)


def run(name: str, step: Callable[[], float], ended: threading.Event) -> None:
    """Take steps until `ended` is set."""
    trouble = FIRST_PAUSE_SECONDS
    while not ended.is_set():
        try:
            close_old_connections()
            pause = step()
            trouble = FIRST_PAUSE_SECONDS
        except OperationalError as problem:
            # The database is away, mostly because it restarts; the trace would say nothing more.
            logger.warning("%s: %s; again in %.1f s", name, str(problem).strip(), trouble)
            pause, trouble = trouble, min(trouble * 2, LONGEST_PAUSE_SECONDS)
        except Exception:
            logger.exception("%s failed; again in %.1f s", name, trouble)
            pause, trouble = trouble, min(trouble * 2, LONGEST_PAUSE_SECONDS)
        ended.wait(pause)
    connection.close()
