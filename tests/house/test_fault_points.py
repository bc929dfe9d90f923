"""Each step at which a process may die on a mail's way is named once, stands in the code, and is died at."""

import ast
from collections.abc import Iterator
from pathlib import Path

import duly
from duly.channels.fault import POINTS
from tests.worker import test_relay_kills
from tests.worker.mail_in import test_kills, test_posted

SOURCE = Path(duly.__file__).parent


def standing() -> Iterator[str]:
    """The names in all calls of `fault_point`; of one that is no plain name, where it stands."""
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("fault_point"):
                (name,) = node.args
                where = f"{file.name}:{node.lineno}"
                yield str(name.value) if isinstance(name, ast.Constant) else where


def test_every_point_in_the_code_is_in_the_list_and_the_other_way_round() -> None:
    assert sorted(standing()) == sorted(POINTS)


def test_every_point_has_its_kill() -> None:
    killed = [*test_kills.KILLED, *test_posted.KILLED, *test_relay_kills.KILLED]
    assert sorted(killed) == sorted(POINTS)
