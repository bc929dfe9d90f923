"""The guard that ends a program with its parent on systems whose kernel does not."""

import os
import signal
import subprocess
import sys

from tests.cli.desk import processes
from tests.waiting import until

PARENT = """
import subprocess, sys, time
guard = [sys.executable, "-m", "duly.cli.supervisor.guard", "SIGINT", "sleep", "97531"]
subprocess.Popen(guard)
time.sleep(600)
"""


def asleep() -> list[int]:
    return [pid for pid, (_, words) in processes().items() if words == "sleep 97531"]


def test_a_program_ends_when_its_guards_parent_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT])
    until(asleep)
    (program,) = asleep()
    parent.kill()
    parent.wait()
    until(lambda: program not in processes())


def test_a_guard_hands_on_the_signal_that_its_program_understands() -> None:
    guard = subprocess.Popen(
        [sys.executable, "-m", "duly.cli.supervisor.guard", "SIGINT", "sleep", "97531"]
    )
    until(asleep)
    os.kill(guard.pid, signal.SIGTERM)
    assert guard.wait(10) == -signal.SIGINT % 256
    assert asleep() == []
