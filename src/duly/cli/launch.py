"""Launching an installation: database, migrations, demonstration, pages and worker, in this order."""

import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field

from duly.cli import port as ports
from duly.cli.console import last_lines, say
from duly.cli.home import Home
from duly.cli.installation import Installation
from duly.cli.postgres import leftover, server
from duly.cli.problem import Problem
from duly.cli.supervisor.child import Child
from duly.cli.supervisor.keeper import Kept, how_it_ended

ANSWERS_WITHIN_SECONDS = 60.0
NO_PEOPLE = 10
"""The exit code of `prepare` for a desk that has no people yet."""


@dataclass
class Launch:
    """What one start of an installation has brought up; `ends` ends it, the last first."""

    installation: Installation
    host: str
    port: int
    ends: ExitStack
    kept: list[Kept] = field(default_factory=list)
    has_people: bool = True

    @property
    def address(self) -> str:
        """Where people find it on this machine."""
        return f"http://localhost:{self.port}"

    @property
    def named(self) -> str:
        """The address that people type."""
        return self.environment["DULY_URL"]

    @property
    def home(self) -> Home:
        """The folder of the installation."""
        return self.installation.home

    def __post_init__(self) -> None:
        self.environment = self.installation.environment(self.address)

    def run(self, *, demonstration: bool) -> None:
        """Bring everything up; it answers when this returns.

        Raises:
            Problem: something does not start; the end of its log is in the message.
        """
        self._database()
        say("Bringing the database up to date")
        self.has_people = self._step("prepare") != NO_PEOPLE
        if demonstration and not self.has_people:
            say("Making a demonstration desk, this once")
            self._step("prepare", "demo")
            self.has_people = True
        say("Starting the pages and the worker")
        web = self._process("web", "duly.cli.serve", self.host, str(self.port))
        self._process("worker", "duly.worker")
        self._wait_for(web)

    def _database(self) -> None:
        cluster = self.installation.cluster
        if cluster is None:
            return
        say(f"Starting {cluster.binaries} in {cluster.data}")
        postgres = server.start(cluster, self.home.log("postgres"))
        self.ends.callback(postgres.stop)

        def again() -> None:
            leftover.clear(cluster.data)
            postgres.start()

        self.kept.append(Kept(postgres, again))

    def _child(self, name: str, module: str, *words: str) -> Child:
        command = [sys.executable, "-m", module, *words]
        return Child(name, command, self.home.log(name), self.environment, self.home.path)

    def _process(self, name: str, module: str, *words: str) -> Child:
        child = self._child(name, module, *words)
        child.start()
        self.ends.callback(child.stop)
        self.kept.append(Kept(child, child.start))
        return child

    def _step(self, name: str, *words: str) -> int | None:
        child = self._child(name, f"duly.cli.{name}", *words)
        child.start()
        try:
            while child.alive:
                time.sleep(0.05)
        finally:
            child.stop()
        code = child.process.returncode if child.process else None
        if code not in {0, NO_PEOPLE}:
            what = " ".join([name, *words])
            raise Problem(f"The step `{what}` {how_it_ended(child)}.\n{last_lines(child.log)}")
        return code

    def _wait_for(self, web: Child) -> None:
        until = time.monotonic() + ANSWERS_WITHIN_SECONDS
        while web.alive and time.monotonic() < until:
            if ports.answers(self.host, self.port):
                return
            time.sleep(0.05)
        why = "do not answer" if web.alive else how_it_ended(web)
        raise Problem(f"The pages did not start: they {why}.\n{last_lines(web.log)}")
