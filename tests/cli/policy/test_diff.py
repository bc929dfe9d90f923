"""`duly policy diff`: what a new version changes, in words and in JSON, with an exit code for reductions."""

from pathlib import Path

from tests.cli.policy.conftest import Duly, parsed
from tests.policy.test_diff import OLD


def versions(folder: Path, *swaps: tuple[str, str]) -> tuple[str, str]:
    text = OLD
    for old, new in swaps:
        text = text.replace(old, new)
    (folder / "old.yaml").write_text(OLD)
    (folder / "new.yaml").write_text(text.replace('version: "1"', 'version: "2"'))
    return "old.yaml", "new.yaml"


def test_a_weaker_promise_is_told_with_an_instant_and_ends_with_1(duly: Duly, folder: Path) -> None:
    result = duly("diff", *versions(folder, ("1: 2 business hours", "1: 3 business hours")))
    assert result.exit_code == 1
    assert "weaker: 1" in result.stdout
    assert (
        "plans.basic.targets.first_response.1: 2 business hours → 3 business hours" in result.stdout
    )
    # Reported at midnight it is due two, then three hours after nine o'clock.
    assert "due 2026-06-15T12:00:00Z instead of 2026-06-15T11:00:00Z" in result.stdout


def test_what_only_becomes_stronger_ends_with_0(duly: Duly, folder: Path) -> None:
    found = duly("diff", *versions(folder, ("1: 2 business hours", "1: 1 business hour")), "--json")
    assert found.exit_code == 0
    said = parsed(found)
    assert (said["reductions"], said["others"], said["unchanged"]) == ([], [], 5)
    assert said["improvements"] == [
        {
            "path": "plans.basic.targets.first_response.1",
            "old": "2 business hours",
            "new": "1 business hour",
            "example": {
                "reported": "2026-06-15T00:00:00Z",
                "old": "2026-06-15T11:00:00Z",
                "new": "2026-06-15T10:00:00Z",
            },
        }
    ]


def test_a_plan_that_neither_has_and_a_file_that_is_none_are_unusable(
    duly: Duly, folder: Path
) -> None:
    old, new = versions(folder)
    assert duly("diff", old, new, "--plan", "basic").exit_code == 0
    result = duly("diff", old, new, "--plan", "none")
    assert (result.exit_code, "`none`" in result.stderr) == (2, True)
    assert duly("diff", old, "nowhere.yaml").exit_code == 2
