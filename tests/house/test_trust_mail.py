"""The list of what goes wrong with mail names tests that exist, and every test that bears a case's number is in it."""

import ast
import re
from pathlib import Path

CLONE = Path(__file__).parents[2]
LIST = CLONE / "docs" / "trust-mail.md"
CASE = re.compile(r"test_[a-z]\d\d_")
CASES = frozenset(
    (
        "A01 A02 A04 A06 A08 A10 A12 A14 A15 B01 B02 B04 B06 B07 B09 B11 B14 C01 C03 D01 D02 D04 D11 D14 "
        "E07 E09 E12 E15 E16 F01 F02 F07 G01 G02 G05 G07 G09 G11 G13 H05 J01 J06 "
        "K01 K02 K04 K06 K07 K08 K10 K11 K13 K15 K19 K21 K23 K25 K26 L01 L02 L04 L05 L07 L09 L13"
    ).split()
)
"""What happened to other desks and touches mail. A row may hold two."""


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
    listed = [number for case, _ in rows() for number in re.findall(r"\b[A-Z]\d\d\b", case)]
    assert sorted(listed) == sorted(CASES)
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
    files = (CLONE / "tests").rglob("test_*.py")
    found = {name for file in files for name in functions(file) if CASE.match(name)}
    assert found, "there are such tests"
    assert not found - listed
