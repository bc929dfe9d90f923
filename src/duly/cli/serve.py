"""The web server process: granian, with threads whose number is the number of database connections.

`python -m duly.cli.serve HOST PORT`
"""

import gc
import sys
from importlib import import_module
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from duly.cli.supervisor import parent

THREADS = 8
KILL_AFTER_SECONDS = 10


def load(target: str) -> Any:
    """Give the application in a worker of granian, which must not outlive granian's own process."""
    parent.watch_parent()
    application = import_module(target).application
    gc.freeze()  # what was imported stays: the collector need not look at it each time
    return application


def main() -> None:
    """Serve until a signal comes."""
    host, port = sys.argv[1:]
    Granian(
        "duly.config.wsgi",
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        workers_kill_timeout=KILL_AFTER_SECONDS,
    ).serve(target_loader=load)


if __name__ == "__main__":
    main()
