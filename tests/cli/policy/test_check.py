"""`duly policy check`: exit codes, where messages go, and the JSON of the contract."""

from pathlib import Path

from tests.cli.policy.conftest import Duly, parsed


def test_a_sound_policy_ends_with_0_and_prints_nothing_on_stdout(duly: Duly) -> None:
    result = duly("check", "policy.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 file: no errors, no warnings" in result.stderr


def test_a_fault_is_told_on_stderr_as_compilers_do(duly: Duly, folder: Path) -> None:
    file = folder / "policy.yaml"
    file.write_text(file.read_text().replace("hours: office", "hours: offce"))
    result = duly("check", "policy.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert (
        "policy.yaml:12:12: error: plans.gold.hours: there is no calendar `offce`; "
        "did you mean `office`? [unknown-calendar]"
    ) in result.stderr


def test_json_has_the_keys_of_the_contract(duly: Duly, folder: Path) -> None:
    file = folder / "policy.yaml"
    file.write_text(file.read_text().replace("name: Gold", "nam: Gold"))
    result = duly("check", "--json", "policy.yaml")
    assert result.exit_code == 1
    assert parsed(result) == {
        "errors": [
            {
                "file": "policy.yaml",
                "line": 10,
                "column": 5,
                "path": "plans.gold.nam",
                "code": "unknown-key",
                "message": "`nam` is not known here; did you mean `name`?",
            }
        ],
        "warnings": [],
    }


def test_a_file_that_is_not_there_is_unusable(duly: Duly) -> None:
    result = duly("check", "none.yaml")
    assert result.exit_code == 2
    assert "none.yaml" in result.stderr
