"""The home of an installation: one folder for its data, logs and secrets, and one lock for who runs it."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from duly.cli.problem import Problem

CLONE = Path(__file__).resolve().parents[3]
SIGN_INS = "sign-ins"
"""The file that says how to sign in to a demonstration."""
BIGGEST_LOG = 5_000_000


@dataclass(frozen=True, slots=True)
class Running:
    """Who holds the lock of a home."""

    pid: int
    doing: str


@dataclass(frozen=True, slots=True)
class Home:
    """The folder; everything an installation keeps is below it."""

    path: Path

    @property
    def lock_file(self) -> Path:
        """Where the holder of the lock writes its number and what it does."""
        return self.path / "lock"

    def make(self) -> None:
        """Create the folder and those below it.

        Raises:
            Problem: it cannot be written to.
        """
        root = os.geteuid() == 0
        try:
            # PostgreSQL runs as somebody else when we are root, and has to pass through.
            self.path.mkdir(mode=0o711 if root else 0o700, parents=True, exist_ok=True)
            for name in ("log", "secrets"):
                (self.path / name).mkdir(mode=0o700, exist_ok=True)
            self.lock_file.touch(mode=0o600)
        except OSError as problem:
            raise Problem(
                f"The folder {self.path} cannot be written to ({problem.strerror}). "
                "Name another with --home or DULY_HOME."
            ) from problem

    @contextmanager
    def lock(self, doing: str) -> Iterator[None]:
        """Hold the home alone; the kernel lets go when this process ends, however it ends.

        Raises:
            Problem: another process holds it.
        """
        with self.lock_file.open("r+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pid, what = _holder(file.read())
                raise Problem(
                    f"{self.path} is in use: process {pid} {what}. "
                    "End it with ./duly stop, or name another folder with --home."
                ) from None
            file.truncate()
            file.write(f"{os.getpid()} {doing}\n")
            file.flush()
            yield
            file.seek(0)
            file.truncate()

    def running(self) -> Running | None:
        """Say who holds the lock, None when nobody does."""
        try:
            file = self.lock_file.open(encoding="utf-8")
        except FileNotFoundError:
            return None
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return Running(*_holder(file.read()))
        return None

    def secret(self, name: str) -> str:
        """Give a secret of this installation, made on first use; only its owner can read the file."""
        file = self.path / "secrets" / name
        if not file.exists():
            self.keep_secret(name, secrets.token_urlsafe(48))
        return file.read_text(encoding="ascii")

    def keep_secret(self, name: str, value: str) -> Path:
        """Write a secret, whole or not at all, and give its file."""
        file = self.path / "secrets" / name
        new = file.with_suffix(".new")
        new.unlink(missing_ok=True)
        new.touch(mode=0o600)
        new.write_text(value, encoding="ascii")
        return new.rename(file)

    def backups(self) -> Path:
        """Give the folder of the backups, made on first use."""
        folder = self.path / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def log(self, name: str) -> Path:
        """Give the log file of a process; a big one is put aside first."""
        file = self.path / "log" / f"{name}.log"
        if file.exists() and file.stat().st_size > BIGGEST_LOG:
            file.rename(file.with_suffix(".old.log"))
        return file


def chosen(path: str | None) -> Home:
    """Give the home that was named, or `.duly` in the clone."""
    return Home(Path(path or os.environ.get("DULY_HOME") or CLONE / ".duly").absolute())


def _holder(text: str) -> tuple[int, str]:
    pid, _, doing = text.strip().partition(" ")
    return int(pid or 0), doing or "is starting"
