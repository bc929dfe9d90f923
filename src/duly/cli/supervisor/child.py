"""One child process: started so that it never outlives us, ended politely and then for good."""

import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duly.cli.supervisor import parent

ASK_SECONDS = 20.0
INSIST_SECONDS = 5.0
MEMORY = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
}
"""glibc keeps memory for each thread apart, which Python's threads, of which one runs at a time, only waste; and once
something large was freed it raises both thresholds and keeps the next for itself, unless they are given.
"""


@dataclass
class Child:
    """How to start a program, and the process once it runs."""

    name: str
    command: list[str]
    log: Path
    environment: Mapping[str, str]
    folder: Path
    ends_with: signal.Signals = signal.SIGTERM
    insists_with: signal.Signals = signal.SIGKILL
    spawning: Mapping[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in a process group of its own: Ctrl-C in the terminal reaches the supervisor alone."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**MEMORY, **self.environment, "PGAPPNAME": f"duly {self.name}"},
                cwd=self.folder,
                process_group=0,
                preexec_fn=parent.bind(self.ends_with),  # noqa: PLW1509 - one thread, libc is loaded
                **self.spawning,
            )

    def _command(self) -> list[str]:
        if parent.KERNEL_TELLS:
            return self.command
        return [
            sys.executable,
            "-m",
            "duly.cli.supervisor.guard",
            self.ends_with.name,
            *self.command,
        ]

    @property
    def alive(self) -> bool:
        """Whether it runs; one that ended is reaped by asking."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Ask it to end and wait, insist when it does not, and at last kill it."""
        if self.process is None:
            return
        for number, patience in (
            (self.ends_with, ASK_SECONDS),
            (self.insists_with, INSIST_SECONDS),
        ):
            if self.alive:
                self.process.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
        self.process.kill()
        self.process.wait()
