"""Files that nothing names are cleared away once they are old, and nothing else is."""

import os
import time
from pathlib import Path

import pytest
from pytest_django import Settings

from duly.desk.actions.setup.sweep_files import sweep_files
from duly.desk.actions.tickets.draft import save_draft
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.tickets.attachment import NewFile, place_of, put
from duly.desk.tickets.draft import DraftOf
from tests.desk.people import MONDAY, Cast


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def file(content: bytes) -> NewFile:
    return NewFile(name="a.txt", media_type="text/plain", content=content)


def old(folder: Path) -> None:
    """Let every file be ten days old."""
    then = time.time() - 10 * 86_400
    for each in folder.glob("??/*"):
        os.utime(each, (then, then))


def week_ago() -> float:
    return time.time() - 7 * 86_400


def test_what_nothing_names_is_removed_once_it_is_old(people: Cast, folder: Path) -> None:
    clara = people.actor("contact")
    ticket = open_ticket(actor=clara, subject="A", text="B", files=[file(b"sent")], at=MONDAY)
    begun = [file(b"begun")]
    save_draft(actor=clara, ticket_id=ticket.pk, of=DraftOf.REPLY, text="C", files=begun, at=MONDAY)
    put(b"left long ago")
    put(b"wanted again")
    old(folder)
    young, again = put(b"left now"), put(b"wanted again")
    (folder / "ab").mkdir(exist_ok=True)
    (folder / "ab" / "readme").write_text("not ours")
    assert sweep_files(before=week_ago()) == 1
    kept = {each.name for each in folder.glob("??/*")}
    assert {young, again, "readme"} < kept
    # The ticket's, the draft's, the two young ones, and the one that is no content.
    assert len(kept) == 5
    assert sweep_files(before=week_ago()) == 0


def test_what_became_young_on_its_way_out_returns(people: Cast, folder: Path) -> None:
    gone, back = (folder / place_of(put(content)) for content in (b"gone", b"back"))
    gone.rename(gone.with_suffix(".swept"))
    old(folder)
    # A worker was killed between two steps; meanwhile somebody wanted the second.
    back.rename(back.with_suffix(".swept"))
    os.utime(back.with_suffix(".swept"))
    sweep_files(before=week_ago())
    assert [each.name for each in folder.glob("??/*")] == [back.name]
    assert back.read_bytes() == b"back"
