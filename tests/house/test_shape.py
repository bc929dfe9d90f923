"""The shape of the house: sizes, what a lock may hold, what core may import, migrations that fit the models."""

import ast
import re
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

CLONE = Path(__file__).parents[2]
SOURCE = CLONE / "src" / "duly"
LONGEST_FILE = 300


def sources(folder: Path = SOURCE) -> list[Path]:
    return [file for file in sorted(folder.rglob("*.py")) if "migrations" not in file.parts]


def name(file: Path) -> str:
    return str(file.relative_to(CLONE))


@pytest.mark.parametrize("file", sources(), ids=name)
def test_a_file_is_short_and_says_what_lives_in_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    assert ast.get_docstring(ast.parse(text)), "a module opens with a sentence about itself"


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(file)}: imports are absolute"
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("file", sources(SOURCE / "core"), ids=name)
def test_core_needs_only_the_standard_library(file: Path) -> None:
    allowed = {"numpy"} if file == SOURCE / "core" / "bulk.py" else set()
    assert imported(file) - set(sys.stdlib_module_names) - {"duly"} <= allowed


@pytest.mark.parametrize("file", sources(SOURCE / "core"), ids=name)
def test_core_reads_no_clock(file: Path) -> None:
    calls = {
        node.attr
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert not calls & {"now", "utcnow", "today", "time_ns", "monotonic", "perf_counter"}


@pytest.mark.parametrize("journey", sorted((CLONE / "tests/journeys").glob("*.py")), ids=name)
def test_journeys_press_no_key_that_a_page_may_not_hear_yet(journey: Path) -> None:
    pressed = journey.read_text(encoding="utf-8").count("keyboard.press(")
    assert pressed == (journey.name == "product.py"), "press(page, keys) waits for the scripts"


@pytest.mark.parametrize("lock", sorted(CLONE.glob("requirements*.lock")), ids=name)
def test_a_lock_has_hashes_and_names_no_server(lock: Path) -> None:
    lines = lock.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if "://" in line or line.startswith("-")]
    pins = [line for line in lines if re.match(r"^[a-z0-9]", line)]
    assert pins
    assert all("==" in line and line.endswith("\\") for line in pins), "each is pinned and hashed"


@pytest.mark.django_db
def test_migrations_say_what_the_models_say() -> None:
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert "No changes detected" in said.getvalue()
