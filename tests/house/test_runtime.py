"""The product runs on the packages of its own lock: what only developers install must not be needed."""

import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

CLONE = Path(__file__).parents[2]

PROGRAM = """
import importlib, os, pkgutil, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[1:]:
            raise ModuleNotFoundError(f"{name} is for developers alone", name=name)

sys.meta_path.insert(0, Refuse())
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
import duly
for module in pkgutil.walk_packages(duly.__path__, "duly."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)

from duly.web.markup import prose
print(prose("see https://example.com"))
"""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def only_for_developers() -> list[str]:
    pins = re.findall(r"^([A-Za-z0-9._-]+)==", (CLONE / "requirements.lock").read_text(), re.M)
    runtime = {normal(pin) for pin in pins} | {"duly"}
    return [
        module
        for module, owners in packages_distributions().items()
        if not runtime & {normal(owner) for owner in owners}
    ]


@pytest.mark.slow
def test_every_module_and_the_prose_of_tickets_work_without_the_tools_of_developers() -> None:
    refused = only_for_developers()
    assert {"pytest", "hypothesis"} <= set(refused)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *refused],
        cwd=CLONE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert '<a href="https://example.com"' in done.stdout
