"""A desk that a test starts as a user would, with `duly up`, and the processes that belong to it."""

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import psycopg

from tests.ports import free_port
from tests.waiting import PATIENCE_SECONDS, until

DULY = Path(sys.executable).with_name("duly")


def environment(**given: str) -> dict[str, str]:
    """The environment of a user: nothing of the settings under test."""
    ours = ("DULY_", "DATABASE_URL", "DJANGO_SETTINGS")
    return {**{key: text for key, text in os.environ.items() if not key.startswith(ours)}, **given}


def processes() -> dict[int, tuple[int, str]]:
    """Every living process: its parent and its command line."""
    said = subprocess.run(
        ["ps", "-wweo", "pid=,ppid=,stat=,args="], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 3) for line in said.stdout.splitlines()]
    return {int(row[0]): (int(row[1]), row[3]) for row in rows if not row[2].startswith("Z")}


def left_by_a_killed_restore(home: Path) -> Path:
    """What stays when nothing of a restore runs any more, not even what would tidy up."""
    dying = f"""
import os
from pathlib import Path
from duly.cli.backup.unfinished import unpacking
from duly.cli.home import Home
with unpacking(Home(Path({str(home)!r}))) as folder:
    (folder / "database.dump").write_text("half of the rows")
    os.kill(os.getpid(), 9)
"""
    killed = subprocess.run([sys.executable, "-c", dying], check=False)
    assert killed.returncode == -9
    (left,) = home.glob(".restore-*")
    return left


class Desk:
    """One `duly up` on a folder."""

    def __init__(self, home: Path, **given: str) -> None:
        self.home = home
        self.port = free_port()
        self.given = given
        self.process: subprocess.Popen[str] | None = None

    def command(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run another `duly` command on the same folder."""
        return subprocess.run(
            [DULY, *words, "--home", str(self.home)],
            env=environment(**self.given),
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, *, empty: bool = True) -> "Desk":
        """Start it and wait until it answers."""
        words = ["--empty"] if empty else []
        with (self.home / "said").open("w") as said:
            self.process = subprocess.Popen(
                [DULY, "up", "--port", str(self.port), "--home", str(self.home), *words],
                env=environment(**self.given),
                stdout=said,
                stderr=subprocess.STDOUT,
                text=True,
            )
        process = self.process
        until(lambda: "Ctrl-C" in self.said or process.poll() is not None)
        assert process.poll() is None, self.said
        return self

    @property
    def said(self) -> str:
        return (self.home / "said").read_text()

    @property
    def tree(self) -> dict[int, str]:
        """The processes below `duly up`, with their command lines."""
        assert self.process
        found, everybody = {self.process.pid: "duly up"}, processes()
        while new := {
            pid: words
            for pid, (parent, words) in everybody.items()
            if parent in found and pid not in found
        }:
            found |= new
        del found[self.process.pid]
        return found

    def pid(self, pattern: str) -> int | None:
        """The process below `duly up` whose command line fits."""
        return next((pid for pid, words in self.tree.items() if re.search(pattern, words)), None)

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}/", timeout=PATIENCE_SECONDS
            ).close()
        except urllib.error.HTTPError as answer:
            answer.close()
        except OSError:
            return False
        return True

    def database_answers(self) -> bool:
        url = (self.home / "secrets" / "database_url").read_text()
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send a signal and give the exit code."""
        assert self.process
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)
