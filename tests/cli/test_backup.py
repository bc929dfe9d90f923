"""A desk that was destroyed comes back from its backup, and nothing else ever comes out of a file."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from duly.cli.backup.nightly import NAME
from duly.cli.backup.restore import opened
from duly.cli.postgres import binaries
from duly.cli.problem import Problem
from tests.cli.desk import Desk, environment, left_by_a_killed_restore
from tests.cli.furnish import CONTENTS
from tests.conftest import Clock

CLONE = Path(__file__).parents[2]


def furnish(what: str, home: Path, **given: str) -> dict[str, str]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.cli.furnish", what, str(home)],
        env=environment(**given),
        cwd=CLONE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout or "{}")
    assert isinstance(said, dict)
    return said


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    """A home with a small desk, at rest."""
    path = Path(tempfile.mkdtemp(prefix="duly-"))
    furnish("fill", made(made(path) / "home"))
    yield path / "home"
    shutil.rmtree(path)


@pytest.fixture
def filled(template: Path, folder: Path) -> Desk:
    """A desk of one's own with the same content."""
    subprocess.run(["cp", "-a", template, folder / "old"], check=True)
    return Desk(folder / "old")


@pytest.mark.slow
def test_a_desk_that_was_destroyed_comes_back_whole(filled: Desk, folder: Path) -> None:
    old, new, file = filled, Desk(made(folder / "new")), folder / "kept.zip"
    before = furnish("say", old.home)
    assert {hashlib.sha256(content).hexdigest() for content in CONTENTS} <= before.keys()
    assert before["desk_ticket"].startswith("2 ")
    backed_up = old.command("backup", str(file))
    assert backed_up.returncode == 0, backed_up.stdout + backed_up.stderr
    assert "and 2 attachments" in backed_up.stdout
    assert file.stat().st_mode & 0o777 == 0o600
    shutil.rmtree(old.home)

    restored = new.command("restore", str(file))
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "The chain of days is whole: 1 up to 2026-10-19" in restored.stdout
    assert "ok      The promises of all 2 tickets are what their histories say." in restored.stdout
    assert "mails waited when the backup was made and may have been sent since" in restored.stdout
    assert said_by(new) == kept(before)
    assert furnish("say", new.home)["desk_outbox"].startswith("0 ")

    furnish("more", new.home)
    after = furnish("say", new.home)
    refused = new.command("restore", str(file))
    assert refused.returncode == 1
    assert "The database is not empty" in refused.stderr
    assert furnish("say", new.home) == after != before
    killed = left_by_a_killed_restore(new.home)
    replaced = new.command("restore", str(file), "--replace")
    assert replaced.returncode == 0
    assert f"what it had unpacked in {killed} is removed" in replaced.stdout
    assert not killed.exists()
    assert said_by(new) == kept(before)


TO_BE_SENT = {"desk_outbox", "desk_delivery", "desk_notice"}
"""What waited to be sent is held when it comes back."""


def kept(said: dict[str, str]) -> dict[str, str]:
    """What a desk says that it holds, without what waits to be sent."""
    return {table: rows for table, rows in said.items() if table not in TO_BE_SENT}


def said_by(desk: Desk) -> dict[str, str]:
    return kept(furnish("say", desk.home))


def older() -> Path | None:
    """A PostgreSQL of this machine that is not the one we bring."""
    ours = binaries.find().major
    folders = (Path(f"/usr/lib/postgresql/{major}/bin") for major in range(15, ours))
    return next((folder for folder in folders if folder.exists()), None)


@pytest.mark.slow
@pytest.mark.skipif(older() is None, reason="there is no other PostgreSQL here")
def test_a_desk_moves_from_an_older_postgresql_to_ours(folder: Path) -> None:
    old = Desk(made(folder / "old"), DULY_PG_BIN=str(older()))
    new, file = Desk(made(folder / "new")), folder / "kept.zip"
    furnish("fill", old.home, **old.given)
    backed_up = old.command("backup", str(file))
    assert backed_up.returncode == 0, backed_up.stderr
    restored = new.command("restore", str(file))
    assert restored.returncode == 0, restored.stderr
    there, here = kept(furnish("say", old.home, **old.given)), said_by(new)
    # Search knows tickets by the words that this PostgreSQL makes of what they hold; restoring found them sound.
    del there["desk_wording"], here["desk_wording"]
    assert here == there


@pytest.mark.slow
def test_where_there_is_no_desk_there_is_nothing_to_back_up(folder: Path) -> None:
    said = Desk(made(folder / "empty")).command("backup")
    assert said.returncode == 1
    assert "nothing to back up" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.slow
def test_a_lost_attachment_is_named_and_the_rest_is_kept(filled: Desk, folder: Path) -> None:
    desk, new, file = filled, Desk(made(folder / "new")), folder / "kept.zip"
    lost, damaged = (hashlib.sha256(content).hexdigest() for content in CONTENTS)
    (desk.home / "attachments" / lost[:2] / lost).unlink()
    (desk.home / "attachments" / damaged[:2] / damaged).write_bytes(b"something else")
    backed_up = desk.command("backup", str(file))
    assert backed_up.returncode == 1
    assert "2 attachments were not there or not whole" in backed_up.stderr
    assert lost in backed_up.stderr
    assert damaged in backed_up.stderr
    again = desk.command("backup", str(file))
    assert "is there already" in again.stderr
    assert new.command("restore", str(file)).returncode == 0


def made(home: Path) -> Path:
    """A folder that PostgreSQL's account can pass through."""
    home.mkdir(mode=0o711, exist_ok=True)
    home.chmod(0o711)
    return home


def archive(folder: Path, *, contents: dict[str, bytes] | None = None, **said: Any) -> Path:
    """A backup made by hand, with one attachment."""
    database, attachment = b"rows", b"a picture"
    item = {"sha256": hashlib.sha256(database).hexdigest(), "size": len(database)}
    kept = {"sha256": hashlib.sha256(attachment).hexdigest(), "size": len(attachment)}
    manifest = {
        "format": 1,
        "version": "0.1.0",
        "made_at": "2026-10-19T08:00:00Z",
        "postgres": 18,
        "migrations": {"desk": "0001_initial"},
        "counts": {"desk_ticket": 1},
        "chain": None,
        "database": item,
        "attachments": [kept],
        "lost": [],
        "secrets": [],
        **said,
    }
    file = folder / "kept.zip"
    with zipfile.ZipFile(file, "w") as written:
        written.writestr("manifest.json", json.dumps(manifest))
        usual = {"database.dump": database, f"attachments/{kept['sha256']}": attachment}
        for name, content in (usual if contents is None else contents).items():
            written.writestr(name, content)
    return file


def test_a_whole_archive_is_opened(folder: Path) -> None:
    with opened(archive(folder)) as (_, said):
        assert said.items().keys() == {"database.dump", f"attachments/{said.attachments[0].sha256}"}


PICTURE = f"attachments/{hashlib.sha256(b'a picture').hexdigest()}"


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        ({"database.dump": b"rows"}, f"lacks {PICTURE}"),
        ({PICTURE: b"a picture"}, "lacks database.dump"),
        ({"database.dump": b"ROWS", PICTURE: b"a picture"}, "database.dump is damaged"),
        ({"database.dump": b"rows", PICTURE: b"another!!"}, f"{PICTURE} is damaged"),
        ({"database.dump": b"rows" * 10**6, PICTURE: b"a picture"}, "database.dump is damaged"),
    ],
)
def test_a_damaged_archive_is_refused(contents: dict[str, bytes], words: str, folder: Path) -> None:
    with pytest.raises(Problem, match=words), opened(archive(folder, contents=contents)):
        pass


@pytest.mark.parametrize(
    "said",
    [
        {"attachments": [{"sha256": "../../../etc/passwd", "size": 1}]},
        {"attachments": [{"sha256": "a" * 64 + "\n", "size": 1}]},
        {"secrets": [{"name": "../evil", "sha256": "a" * 64, "size": 1}]},
        {"secrets": [{"name": "postgres", "sha256": "a" * 64, "size": 1}]},
        {"lost": ["../evil"]},
        {"format": 2},
        {"places": {"evil": "/etc/passwd"}},
    ],
)
def test_a_manifest_names_no_place_of_its_own(said: dict[str, Any], folder: Path) -> None:
    file = archive(folder, **said)
    with pytest.raises(Problem, match="manifest of this backup cannot be used"), opened(file):
        pass


def test_a_file_that_is_no_backup_is_said_to_be_none(folder: Path) -> None:
    (folder / "kept.zip").write_text("hello")
    with pytest.raises(Problem, match="cannot be read as a backup"), opened(folder / "kept.zip"):
        pass
    with zipfile.ZipFile(folder / "other.zip", "w") as other:
        other.writestr("hello", "hello")
    with pytest.raises(Problem, match="has no manifest"), opened(folder / "other.zip"):
        pass


@pytest.mark.slow
def test_each_night_has_one_backup_and_old_ones_go(filled: Desk) -> None:
    home = filled.home
    backups, clock = home / "backups", Clock(home / "clock")
    backups.mkdir()
    # Noon: a night that began during the test would ask for another backup.
    noon = datetime.now(UTC).replace(hour=12, minute=0)
    clock.shift((noon - datetime.now(UTC)).total_seconds())
    os.utime(home / "secrets" / "postgres", times=(noon.timestamp(), noon.timestamp()))
    tonight = noon.date()
    names = [NAME.format(tonight - timedelta(days=days)) for days in range(6)]
    for name in (*names[1:], "by-hand.zip"):
        (backups / name).touch()
    left, begun = backups / ".backup-left", backups / ".backup-begun"
    left.mkdir()
    begun.mkdir()
    os.utime(left, times=(0, 0))

    def nightly() -> list[str]:
        moved = {"DULY_MODE": "test", "DULY_CLOCK_FILE": str(clock.file)}
        given = environment(DULY_HOME=str(home), DULY_BACKUP_DAYS="3", **moved)
        command = [sys.executable, "-m", "duly.cli.backup.nightly"]
        ran = subprocess.run(command, env=given, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        return sorted(file.name for file in backups.glob("*.zip"))

    everything = sorted([*names[1:], "by-hand.zip"])
    assert nightly() == everything, "a home makes none in its first night"
    os.utime(home / "secrets" / "postgres", times=(0, 0))
    assert nightly() == sorted([*names[:3], "by-hand.zip"])
    assert (left.exists(), begun.exists()) == (False, True)
    written = (backups / names[0]).stat().st_mtime_ns
    nightly()
    assert (backups / names[0]).stat().st_mtime_ns == written
