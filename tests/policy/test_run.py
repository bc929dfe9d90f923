"""Cases given as text beside a policy that is no file, and a value put into its text."""

from duly.policy import read
from duly.policy.cases.run import run
from duly.policy.reading.restate import restated
from tests.policy.test_diff import OLD

CASES = """\
name: Two hours on a Monday
policy: ../somewhere.yaml
subscription: {plan: basic}
tickets:
  A: [{at: 2026-06-15T10:00:00Z, event: opened, priority: 1, channel: email}]
expect:
  - {at: 2026-06-15T10:00:00Z, ticket: A, clock: first_response, due_at: 2026-06-15T12:00:00Z}
"""


def test_a_case_is_about_the_policy_it_was_given_with_whatever_path_it_names() -> None:
    results = run(CASES, read(OLD))
    assert [each.name for each in results.outcomes] == ["Two hours on a Monday"]
    assert results.are_good


def test_no_file_of_the_machine_is_read() -> None:
    stolen = CASES.replace("../somewhere.yaml", "/etc/passwd")
    assert run(stolen, read(OLD)).are_good


def test_a_case_that_fails_tells_what_was_found_and_the_story() -> None:
    results = run(CASES.replace("T12:00:00Z}", "T13:00:00Z}"), read(OLD))
    assert not results.are_good
    (failed,) = results.outcomes[0].failed
    assert failed.failure.place.line == 7
    assert failed.failure.differences == (
        "due_at: expected 2026-06-15T13:00:00Z, found 2026-06-15T12:00:00Z",
    )
    assert any("opened" in line for line in failed.story)
    assert any("2 h" in line for line in failed.story)


def test_several_cases_are_parted_by_dashes_and_what_cannot_be_run_says_why() -> None:
    results = run(f"{CASES}---\nname: Half a case\n", read(OLD))
    assert len(results.outcomes) == 1
    assert not results.are_good
    assert {problem.code for problem in results.unusable} == {"missing-key"}


def test_no_cases_are_good() -> None:
    assert run("  \n", read(OLD)).are_good


def test_a_value_is_written_anew_and_the_rest_stays_as_it_was() -> None:
    text = "# first\nduly: 1\neffective: '2026-01-01'  # since the new year\n" + "".join(
        line for line in OLD.splitlines(keepends=True) if line[:4] not in ("duly", "effe")
    )
    new = restated(text, read(text).source, ("effective",), "2027-02-01")
    assert new == text.replace("'2026-01-01'", "2027-02-01")
    assert str(read(new).policy.effective) == "2027-02-01"
