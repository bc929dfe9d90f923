"""The list of what goes wrong with mail names tests that exist, and every test that bears a case's number is in it."""

import ast
import re
from pathlib import Path

CLONE = Path(__file__).parents[2]
LIST = CLONE / "docs" / "trust-mail.md"
ROOMS = ("channels", "desk/mail", "worker")
CASE = re.compile(r"test_[abcdgkl]\d\d_")


def rows() -> list[tuple[str, str]]:
    """What happened, and what holds it."""
    lines = [line for line in LIST.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [(row[0], row[2]) for row in cells if re.match(r"[A-Z]\d\d", row[0])]


def named(text: str) -> list[str]:
    return re.findall(r"`(tests/[\w/]+\.py::\w+)`", text)


def functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_case_has_a_test_or_says_why_it_has_none() -> None:
    assert len(rows()) >= 50
    assert not [case for case, held in rows() if not named(held) and "No test" not in held]


def test_every_named_test_exists() -> None:
    missing = []
    for test in named(LIST.read_text(encoding="utf-8")):
        file, _, function = test.partition("::")
        if not (CLONE / file).exists() or function not in functions(CLONE / file):
            missing.append(test)
    assert not missing


def test_every_test_with_a_cases_number_is_in_the_list() -> None:
    listed = {test.partition("::")[2] for test in named(LIST.read_text(encoding="utf-8"))}
    files = [file for room in ROOMS for file in (CLONE / "tests" / room).rglob("test_*.py")]
    found = {name for file in files for name in functions(file) if CASE.match(name)}
    assert found, "there are such tests"
    assert not found - listed
