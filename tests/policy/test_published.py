"""The published policies are sound and their cases hold; coverage.md names only what exists."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from duly.policy import bind, read, subscription
from duly.policy.cases.case import read_cases
from duly.policy.cases.expectations import failures
from duly.policy.cases.history import tickets
from duly.policy.check.review import review

ROOT = Path(__file__).parents[2]
POLICIES = sorted((ROOT / "policies").glob("*.yaml"))
CASES = sorted((ROOT / "policies" / "cases").glob("*/*.yaml"))
COVERAGE = ROOT / "docs" / "coverage.md"
TODAY = date(2026, 11, 21)
"""The day on which the published pages were read."""

LEFT_OPEN = {
    "segment": {
        ("holidays-unknown", "calendars.pacific.holidays"),
        ("holidays-unknown", "calendars.gmt.holidays"),
        ("holidays-unknown", "calendars.australian-eastern.holidays"),
        ("unused-calendar", "calendars.twilio-support"),  # the hours of lost targets
        ("conflicting-words", "plans.standard.commitment.first_response"),
    }
}
"""What the check rightly warns about: S1.6, S1.7 and S2.5 of docs/coverage.md."""

UNSOURCED = {"duly", "policy", "version", "known_since", "sources"}
"""Keys of our own format: no published page states them."""


def load(path: Path) -> Any:
    return load_all(path)[0]


def load_all(path: Path) -> list[Any]:
    """Read YAML without the language under test; every scalar is a text."""
    return list(YAML(typ="base", pure=True).load_all(path.read_text()))


def name(path: Path) -> str:
    return path.stem


def children(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what is inside; levels and clauses go by their key, other lists as one value."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield str(key), inside
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict) and "key" in item:
                yield str(item["key"]), item


def leaves(value: Any, path: str = "") -> Iterator[str]:
    inside = list(children(value))
    if not inside:
        yield path
    for key, each in inside:
        yield from leaves(each, f"{path}.{key}" if path else key)


def holds(value: Any, path: str) -> bool:
    for step in path.split("."):
        value = dict(children(value)).get(step)
        if value is None:
            return False
    return True


@pytest.mark.parametrize("path", POLICIES, ids=name)
def test_every_value_says_where_it_comes_from(path: Path) -> None:
    policy = load(path)
    sources = set(policy["sources"])
    for leaf in leaves({k: v for k, v in policy.items() if k not in UNSOURCED}):
        steps = leaf.split(".")
        above = {".".join(steps[:count]) for count in range(1, len(steps) + 1)}
        assert above & sources, f"{leaf} has no source"


@pytest.mark.parametrize("path", POLICIES, ids=name)
def test_a_source_stands_at_a_value_or_says_that_there_is_none(path: Path) -> None:
    policy = load(path)
    for place, source in policy["sources"].items():
        assert holds(policy, place) or "unknown" in source, f"{place} is not in the file"


@pytest.mark.parametrize("path", POLICIES, ids=name)
def test_a_restatement_says_that_it_is_one(path: Path) -> None:
    policy = load(path)
    assert "unofficial restatement, no affiliation" in policy["title"]
    assert "no affiliation with" in " ".join(path.read_text().replace("#", "").split())
    assert all(document["seen"] for document in policy["documents"])


def promised(path: Path) -> set[tuple[str, str, str]]:
    """Give plan, kind and priority of every cell that promises something."""
    document = read(path)
    customer = {"zone": "Europe/Oslo", "week": {"mon-fri": "08:00-16:00"}}
    return {
        (plan, kind.value, priority)
        for plan in document.policy.plans
        for kind, table in bind(
            document, subscription({"plan": plan, "calendars": {"customer": customer}})
        ).targets.items()
        for priority, cells in table.items()
        if any(cell.target.within != "none" for cell in cells)
    }


def expected(path: Path) -> set[tuple[str, str, str]]:
    """Give plan, kind and priority of every clock that some case expects to stand."""
    found = set()
    for case in load_all(path):
        for each in case["expect"]:
            if each.get("state") in ("running", "best_effort", "continuous") or "due_at" in each:
                asked = datetime.fromisoformat(each["at"])
                ticket = case["tickets"][each["ticket"]]
                past = [event for event in ticket if datetime.fromisoformat(event["at"]) <= asked]
                plan = [case["subscription"]["plan"], *(e["plan"] for e in past if "plan" in e)]
                priority = ["request", *(e["priority"] for e in past if "priority" in e)]
                found.add((plan[-1], each["clock"], priority[-1]))
    return found


@pytest.mark.parametrize("path", POLICIES, ids=name)
def test_every_promise_has_a_case(path: Path) -> None:
    folder = path.parent / "cases" / load(path)["policy"]
    shown = set().union(*(expected(case) for case in folder.glob("*.yaml")))
    assert promised(path) <= shown


@pytest.mark.parametrize("path", POLICIES, ids=name)
def test_the_check_finds_only_what_the_published_page_left_open(path: Path) -> None:
    found = review(path, TODAY)
    assert found.errors == []
    warned = {(problem.code, problem.path) for problem in found.warnings}
    assert warned == LEFT_OPEN.get(path.stem, set())


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_case_holds(path: Path) -> None:
    cases = list(read_cases(path))
    assert [failure for case in cases for failure in failures(case, tickets(case))] == []
    assert all(case.stated.expect for case in cases)


def sections() -> list[tuple[list[Any], str]]:
    """Give each section of coverage.md with the policies that its heading links."""
    found = []
    for section in COVERAGE.read_text().split("\n## ")[1:]:
        heading = section.splitlines()[0]
        linked = re.findall(r"\]\(\.\./policies/([\w-]+\.yaml)\)", heading)
        found.append(([load(ROOT / "policies" / each) for each in linked], section))
    return found


def test_coverage_links_only_files_that_exist() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", COVERAGE.read_text())
    assert len(links) > 100
    for link in links:
        assert (COVERAGE.parent / link).exists(), link


def test_coverage_names_only_fields_and_clauses_that_exist() -> None:
    named = 0
    for policies, section in sections():
        for path in re.findall(r"field `([^`]+)`", section):
            assert any(holds(policy, path) for policy in policies), path
            named += 1
        for key in re.findall(r"clause `([^`]+)`", section):
            if policies:
                assert any(holds(policy, f"clauses.{key}") for policy in policies), key
                named += 1
    assert named > 100


def test_coverage_numbers_every_statement_once() -> None:
    numbers = re.findall(r"^\| S(\d)\.(\d+) \|", COVERAGE.read_text(), re.MULTILINE)
    counted = {part: [int(no) for group, no in numbers if group == part] for part in "12345"}
    last = {"1": 23, "2": 16, "3": 16, "4": 16, "5": 11}
    assert counted == {part: list(range(1, last[part] + 1)) for part in "12345"}


def test_coverage_names_every_case() -> None:
    text = COVERAGE.read_text()
    for case in CASES:
        assert f"(../policies/cases/{case.parent.name}/{case.name})" in text, case
