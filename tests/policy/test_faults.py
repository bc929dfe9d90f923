"""Each file in `faults/` has one fault, named by the file: it is found, and nothing else is."""

from datetime import date
from pathlib import Path

import pytest

from duly.policy import PolicyErrors, read
from duly.policy.check.codes import CODES, WARNINGS
from duly.policy.check.review import Findings, review

FAULTS = Path(__file__).parent / "faults"
TODAY = date(2026, 11, 21)
OUTSIDE_A_POLICY = {"file", "value"}
"""`file` is about what cannot be opened; `value` is what pydantic may yet say of a value."""


def found(code: str) -> Findings:
    return review(FAULTS / f"{code}.yaml", TODAY)


@pytest.mark.parametrize("code", sorted(set(CODES) - OUTSIDE_A_POLICY))
def test_the_fault_is_found_alone_with_its_place(code: str) -> None:
    findings = found(code)
    problems = findings.errors + findings.warnings
    assert [problem.code for problem in problems] == [code]
    assert (code in WARNINGS) == bool(findings.warnings)
    assert problems[0].line > 0
    assert problems[0].column > 0
    assert problems[0].message.endswith((".", "?", ")"))
    assert not problems[0].message.endswith(("?.", ".."))


def test_a_sound_policy_has_none() -> None:
    assert found("clean") == Findings([], [])


def test_every_file_is_about_a_code() -> None:
    files = {file.stem for file in FAULTS.glob("*.yaml")}
    assert files == set(CODES) - OUTSIDE_A_POLICY | {"clean"}


@pytest.mark.parametrize(
    ("code", "place", "said"),
    [
        ("unquoted-comma", (9, 12), 'quote this: "mon,wed,fri"'),
        (
            "language",
            (1, 7),
            "this file is of language version 2; this Duly reads version 1.",
        ),
        ("unknown-key", (15, 5), "did you mean `targets`?"),
        ("level-twice", (11, 20), "the level `2` is listed twice (first in line 11); keep one."),
        ("zone-abbreviation", (8, 11), "Europe/Berlin"),
        ("zone-unknown", (8, 11), "did you mean `Europe/Berlin`?"),
        ("day-twice", (9, 34), "fri is named twice, by `mon-fri` and by `fri`"),
        ("duplicate-key", (15, 5), "first in line 14"),
        ("unknown-calendar", (14, 12), "did you mean `office`?"),
        ("absent-cell", (16, 7), "write `2: none`"),
        ("holidays-run-out", (10, 15), "no holiday of 2027"),
        ("response-after-resolution", (16, 48), "reported 2026-06-15T00:00:00Z it is due"),
        ("dearer-is-worse", (17, 27), "`dear` costs more than `only`"),
    ],
)
def test_the_message_names_the_place_and_says_how_to_mend(
    code: str, place: tuple[int, int], said: str
) -> None:
    findings = found(code)
    problem = (findings.errors + findings.warnings)[0]
    assert said in problem.message
    assert (problem.line, problem.column) == place


def test_next_years_holidays_are_asked_for_in_time() -> None:
    assert review(FAULTS / "holidays-run-out.yaml", date(2025, 6, 1)).warnings == []


DEARER = """\
duly: 1
policy: example
version: "1"
effective: 2026-01-01
calendars: {office: {zone: Europe/Berlin, week: {mon-fri: 09:00-17:00}}}
priorities: [1]
plans:
  cheap: {price: 10 EUR per month, hours: office, targets: {first_response: {1: CHEAP}}}
  dear: {price: 20 EUR per month, hours: office, targets: {first_response: {1: DEAR}}}
"""


@pytest.mark.parametrize(
    ("cheap", "dear", "worse"),
    [
        ("2 business hours", "3 business hours", True),
        ("2 business hours", "none", True),
        ("2 business hours", "best effort", True),
        ("2 business hours", "2 business hours", False),
        ("none", "3 business hours", False),
        # At night and at weekends 20 hours by the clock come first, by day 2 business hours: neither is worse.
        ("2 business hours", "20 hours", False),
    ],
)
def test_a_dearer_plan_is_worse_only_if_it_is_never_better(
    cheap: str, dear: str, worse: bool
) -> None:
    found = review(DEARER.replace("CHEAP", cheap).replace("DEAR", dear), TODAY)
    assert [each.code for each in found.warnings] == ["dearer-is-worse"] * worse


def test_a_cell_that_a_base_lacks_is_told_once() -> None:
    text = (FAULTS / "absent-cell.yaml").read_text() + "  more: {base: only}\n"
    assert [each.code for each in review(text, TODAY).warnings] == ["absent-cell"]


@pytest.mark.parametrize(
    ("priorities", "of_plan", "place"),
    [
        ("{levels: [{key: 1, name: A}, {key: 1, name: B}]}", "[1]", "priorities.levels[1]"),
        ("[1, 1]", "[1]", "priorities[1]"),
        ("[1, 2]", "[2, 1, {key: 2, name: B}]", "plans.only.priorities[2]"),
    ],
)
def test_a_level_is_listed_once_wherever_levels_are_listed(
    priorities: str, of_plan: str, place: str
) -> None:
    text = f"""
duly: 1
policy: example
version: "1"
effective: 2026-01-01
priorities: {priorities}
plans: {{only: {{priorities: {of_plan}, targets: {{first_response: {{1: 2 hours}}}}}}}}
"""
    with pytest.raises(PolicyErrors) as refused:
        read(text)
    assert [(each.code, each.path) for each in refused.value.problems] == [("level-twice", place)]
