"""`duly policy test` and `replay`: cases pass, fail with the story, or cannot be run."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.policy.conftest import Duly, parsed


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_a_case_that_holds_ends_with_0(duly: Duly) -> None:
    result = duly("test", "case.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 passed" in result.stderr


def test_a_failure_tells_what_differs_and_the_tickets_story(duly: Duly, folder: Path) -> None:
    edit(folder / "case.yaml", "due_at: 2026-10-26T16:00+01:00", "due_at: 2026-10-26T15:00+01:00")
    result = duly("test", ".")
    assert result.exit_code == 1
    assert "due_at: expected 2026-10-26T14:00:00Z, found 2026-10-26T15:00:00Z" in result.stdout
    assert "Fri 2026-10-23 16:00 +02:00  opened" in result.stdout
    assert "first_response 1  running  due Mon 2026-10-26 16:00 +01:00" in result.stdout
    # 16:00 to 17:00 on Friday used one of the eight hours.
    assert "7 h left" in result.stdout


def test_json_names_case_line_and_difference(duly: Duly, folder: Path) -> None:
    edit(folder / "case.yaml", "due_at:", "state: met, due_at:")
    result = duly("test", "--json", "case.yaml")
    assert result.exit_code == 1
    found = parsed(result)
    assert (found["passed"], len(found["failed"])) == (0, 1)
    failure = found["failed"][0]["failures"][0]
    assert failure["differences"] == ["state: expected met, found running"]
    assert (failure["line"], failure["ticket"], failure["clock"]) == (9, "A", "first_response")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("plan: gold", "plan: golden", "has no plan `golden`; did you mean `gold`?"),
        ("priority: 1", "priority: 7", "there is no priority `7`"),
        ("event: replied, by: agent", "event: replied, by: nobody", "nobody"),
        ("16:00+02:00, event", "16:00, event", "has no offset"),
        ("ticket: A", "ticket: B", "there is no ticket `B`"),
        ("clock: first_response", "clock: first_respons", "did you mean `first_response`?"),
        ("due_at: 2026-10-26", "due: 2026-10-26", "`due` is not known here"),
        ("policy.yaml", "other.yaml", "other.yaml"),
        ("event: opened, priority: 1, channel: email", "event: noted", "begins with `opened`"),
    ],
)
def test_what_cannot_be_run_ends_with_2_and_says_why(
    duly: Duly, folder: Path, old: str, new: str, said: str
) -> None:
    edit(folder / "case.yaml", old, new)
    result = duly("test", "case.yaml")
    assert result.exit_code == 2
    assert said in result.stderr


def test_replay_prints_the_keys_of_the_contract(duly: Duly) -> None:
    result = duly("replay", "case.yaml", "--at", "2026-10-26T09:00+01:00", "--json")
    assert result.exit_code == 0
    found = parsed(result)
    assert found["at"] == "2026-10-26T08:00:00Z"
    ticket = found["tickets"]["A"]
    assert set(ticket) == {"clocks", "escalation", "allowances"}
    assert ticket["escalation"] == {"available": [], "invoked": []}
    assert ticket["clocks"] == [
        {
            "kind": "first_response",
            "cycle": 1,
            "state": "running",
            "started_at": "2026-10-23T14:00:00Z",
            "due_at": "2026-10-26T15:00:00Z",
            "met_at": None,
            "ended_at": None,
            "late_seconds": None,
            "remaining_seconds": 7 * 3600,  # one of eight hours was used on Friday
            "binding": True,
            "target": "8 business hours",
            "calendar": "office",
            "priority": "1",
            "changes": [],
            "was": None,
        }
    ]


def test_replay_without_an_instant_takes_the_last_one_named(duly: Duly) -> None:
    found = parsed(duly("replay", "case.yaml", "--json"))
    assert found["at"] == "2026-10-26T09:00:00Z"


def test_replay_before_the_opening_shows_nothing(duly: Duly) -> None:
    found = parsed(duly("replay", "case.yaml", "--at", "2026-10-01T00:00Z", "--json"))
    assert found["tickets"]["A"]["clocks"] == []


def test_an_instant_without_an_offset_is_refused(duly: Duly) -> None:
    result = duly("replay", "case.yaml", "--at", "2026-10-01T00:00")
    assert result.exit_code == 2
    assert "no instant with its offset, such as 2026-06-09T10:00+02:00" in result.stderr


def test_a_folder_without_a_case_tests_nothing_and_says_so(duly: Duly, folder: Path) -> None:
    (folder / "case.yaml").rename(folder / "case.yml")
    assert "1 passed" in duly("test", ".").stderr
    (folder / "case.yml").unlink()
    result = duly("test", ".")
    assert result.exit_code == 2
    assert "there is no case in this folder" in result.stderr


def test_a_policy_inside_a_case_keeps_its_places(duly: Duly, folder: Path) -> None:
    inline = "\n".join(f"  {line}" for line in (folder / "policy.yaml").read_text().splitlines())
    edit(folder / "case.yaml", "policy: policy.yaml", f"policy:\n{inline}")
    assert duly("test", "case.yaml").exit_code == 0
    edit(folder / "case.yaml", "hours: office", "hours: offce")
    result = duly("test", "case.yaml")
    assert result.exit_code == 2
    assert "case.yaml:14:14: error: plans.gold.hours" in result.stderr


def test_calendars_of_a_case_replace_those_of_the_policy(duly: Duly, folder: Path) -> None:
    late = "calendars: {office: {zone: Europe/Berlin, week: {mon-fri: 12:00-20:00}}}\ntickets:"
    edit(folder / "case.yaml", "tickets:", late)
    result = duly("replay", "case.yaml", "--at", "2026-10-24T00:00Z", "--json")
    # Friday 16:00 to 20:00 is 4 of 8 hours, the other 4 end on Monday at 16:00 in winter time.
    assert parsed(result)["tickets"]["A"]["clocks"][0]["due_at"] == "2026-10-26T15:00:00Z"
    result = duly("replay", "case.yaml", "--at", "2026-10-23T20:00Z", "--json")
    assert parsed(result)["tickets"]["A"]["clocks"][0]["remaining_seconds"] == 4 * 3600


def test_these_commands_never_load_django(folder: Path) -> None:
    program = (
        "import sys; from duly.cli.main import main; main(['policy', 'test', 'case.yaml'], "
        "standalone_mode=False); sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, check=False)
    assert done.returncode == 0
