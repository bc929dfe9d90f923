"""The guard that ends a program with its parent on systems whose kernel does not."""

import os
import signal
import subprocess
import sys

from tests.cli.desk import processes
from tests.waiting import until

SECONDS = str(100_000 + os.getpid())
"""How long the program would sleep: its own number, by which it is told from those of other test runs."""
PROGRAM = ["-m", "duly.cli.supervisor.guard", "SIGINT", "sleep", SECONDS]
PARENT = f"""
import subprocess, sys, time
subprocess.Popen([sys.executable, *{PROGRAM!r}])
time.sleep(600)
"""


def asleep() -> list[int]:
    return [pid for pid, (_, words) in processes().items() if words == f"sleep {SECONDS}"]


def test_a_program_ends_when_its_guards_parent_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT])
    until(asleep)
    (program,) = asleep()
    parent.kill()
    parent.wait()
    until(lambda: program not in processes())


def test_a_guard_hands_on_the_signal_that_its_program_understands() -> None:
    guard = subprocess.Popen([sys.executable, *PROGRAM])
    until(asleep)
    os.kill(guard.pid, signal.SIGTERM)
    assert guard.wait(10) == -signal.SIGINT % 256
    assert asleep() == []
