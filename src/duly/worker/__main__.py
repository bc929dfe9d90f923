"""The worker process: each loop of the list in a thread of its own, until a signal comes.

`python -m duly.worker [NAME…]` runs all loops, or those that are named.
"""

import gc
import os
import signal
import sys
import threading

import django


def main(names: list[str]) -> None:
    """Run the loops until SIGTERM or SIGINT."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duly.config.settings")
    django.setup()
    from duly.worker.loop import run  # noqa: PLC0415 - needs Django to be ready
    from duly.worker.loops import LOOPS  # noqa: PLC0415

    gc.freeze()  # what was imported stays: the collector need not look at it each time
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    threads = [
        threading.Thread(target=run, args=(name, LOOPS[name], ended), name=name)
        for name in names or LOOPS
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(sys.argv[1:])
