"""`duly up` from start to end, with real processes that are killed."""

import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from tests.cli.desk import Desk, left_by_a_killed_restore, processes
from tests.waiting import PATIENCE_SECONDS, until

pytestmark = pytest.mark.slow


def test_a_desk_starts_once_ends_whole_and_finds_its_data_again(desk: Desk) -> None:
    desk.start()
    assert desk.answers()
    tree = desk.tree

    second = Desk(desk.home).command("up")
    assert second.returncode == 1
    assert "is in use: process" in second.stderr
    assert f"serves http://localhost:{desk.port}" in second.stderr
    restore = desk.command("restore", "kept.zip")
    assert restore.returncode == 1
    assert "is in use: process" in restore.stderr

    assert desk.end(signal.SIGINT) == 0
    assert "Everything is kept" in desk.said
    assert not tree.keys() & processes().keys()
    assert (desk.home / "lock").read_text() == ""

    made = (desk.home / "postgres" / "18" / "PG_VERSION").stat().st_mtime_ns
    killed = left_by_a_killed_restore(desk.home)
    desk.start()
    assert f"what it had unpacked in {killed} is removed" in desk.said
    assert not killed.exists()
    assert (desk.home / "postgres" / "18" / "PG_VERSION").stat().st_mtime_ns == made
    stopped = desk.command("stop")
    assert stopped.stdout == "Stopped.\n"
    assert desk.process
    assert desk.process.wait(PATIENCE_SECONDS) == 0


def test_a_killed_supervisor_leaves_nothing_behind(started: Desk) -> None:
    desk = started
    tree = desk.tree
    assert len(tree) > 4
    desk.end(signal.SIGKILL)
    until(lambda: not tree.keys() & processes().keys())
    desk.start()
    assert desk.answers()


def test_a_killed_process_comes_back(started: Desk) -> None:
    desk = started
    for pattern in (
        "granian.* duly.config.wsgi$",
        "worker-1$",
        "duly.worker",
        "postgres -D",
        "checkpointer",
    ):
        victim = desk.pid(pattern)
        assert victim, (pattern, desk.tree)
        os.kill(victim, signal.SIGKILL)
        until(lambda: desk.pid(pattern) not in {None, victim})  # noqa: B023 - asked at once
        until(desk.database_answers)
        until(desk.answers)
        assert victim not in processes()
    assert desk.end() == 0


def test_the_first_start_makes_a_demonstration_and_each_says_how_to_sign_in(desk: Desk) -> None:
    for made in (True, False):
        desk.start(empty=False)
        assert ("Making a demonstration desk" in desk.said) is made
        assert "jonas@desk.example" in desk.said
        assert "with the password  keep your word" in desk.said
        assert desk.end() == 0


def test_an_empty_desk_is_founded_once_from_the_terminal(desk: Desk) -> None:
    desk.given["DULY_URL"] = "https://desk.example.com"
    desk.start()
    assert "Duly is at  https://desk.example.com\n" in desk.said
    assert f"answers on this machine at  http://localhost:{desk.port}\n" in desk.said
    assert "Nobody can sign in yet" in desk.said
    words = ("found", "me@example.com", "--name", "Me")
    weak = desk.command(*words, typed="password\npassword\n")
    assert weak.returncode == 1
    assert "too common" in weak.stderr
    founded = desk.command(*words, typed="keep it a secret\nkeep it a secret\n")
    assert founded.returncode == 0, founded.stderr
    assert "me@example.com can sign in now." in founded.stdout
    again = desk.command(*words, "--password", "keep it a secret")
    assert again.returncode == 1
    assert "This desk has people already" in again.stderr


def test_a_taken_port_is_said_plainly(desk: Desk) -> None:
    with socket.socket() as other:
        # With SO_REUSEPORT on both sides the web server would start, and share the requests.
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", desk.port))
        other.listen()
        refused = desk.command("up", "--port", str(desk.port))
    assert refused.returncode == 1
    assert f"Port {desk.port} is taken" in refused.stderr
    assert "Choose another: ./duly up --port" in refused.stderr


def test_a_folder_that_cannot_be_written_to_is_said_plainly(desk: Desk) -> None:
    desk.home = desk.home / "file" / "home"
    desk.home.parent.touch()
    refused = desk.command("up")
    assert refused.returncode == 1
    assert "cannot be written to" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_nothing_to_stop_is_no_error(desk: Desk) -> None:
    stopped = desk.command("stop")
    assert stopped.returncode == 0
    assert stopped.stdout == "Nothing runs here.\n"


def test_a_full_disk_is_said_plainly(folder: Path) -> None:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m,mode=711", "tmpfs", folder],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("a small disk can be made by root alone")
    try:
        refused = Desk(folder / "home").command("up")
    finally:
        subprocess.run(["umount", folder], check=True)
    assert refused.returncode == 1
    assert "The disk is full. Make room and start again" in refused.stderr
    assert "Traceback" not in refused.stderr
