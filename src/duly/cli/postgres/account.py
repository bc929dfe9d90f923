"""Under which account PostgreSQL runs: it refuses root, so root hands it to somebody with fewer rights."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duly.cli.problem import Problem

CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """The account of PostgreSQL; `user` is None when it is simply the one who runs the command."""

    user: int | None = None
    group: int | None = None
    name: str = ""

    @property
    def spawning(self) -> dict[str, Any]:
        """The arguments that make `subprocess` start a program as this account."""
        if self.user is None:
            return {}
        return {"user": self.user, "group": self.group, "extra_groups": []}

    def own(self, folder: Path) -> None:
        """Make a folder for this account alone; its parents must exist."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.user is not None:
            os.chown(folder, self.user, self.group or -1)
        folder.chmod(0o700)

    def reaches(self, path: Path) -> bool:
        """Whether this account can get to a path and enter it, or run it when it is a program."""
        if self.user is None:
            return True
        probe = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)]
        return subprocess.run(probe, check=False, cwd="/", **self.spawning).returncode == 0


def choose() -> Account:
    """Choose the account: ourselves, or as root `DULY_PG_USER`, `postgres` or `nobody`.

    Raises:
        Problem: there is nobody to hand it to, or PostgreSQL could not look up who we are.
    """
    if os.geteuid() != 0:
        return _ourselves()
    named = os.environ.get("DULY_PG_USER")
    for name in (named,) if named else CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid == 0:
            raise Problem("DULY_PG_USER must not be root: PostgreSQL refuses to run as root.")
        return Account(entry.pw_uid, entry.pw_gid, name)
    raise Problem(
        f"PostgreSQL refuses to run as root, and there is no account {named or ' or '.join(CANDIDATES)} here. "
        "Run ./duly as an ordinary user, or name an account with DULY_PG_USER."
    )


def _ourselves() -> Account:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        raise Problem(
            f"The account with number {os.geteuid()} has no name on this machine, and PostgreSQL needs one. "
            "Give it a line in /etc/passwd, or set DATABASE_URL to a server."
        ) from None
    return Account()
