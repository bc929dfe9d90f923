"""`duly check`, `test`, `bench`, `screenshots`: what people who change Duly run."""

import ast
import os
import re
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import NoReturn

import click

from duly.cli import browser
from duly.cli.home import CLONE
from duly.cli.problem import Problem

STATIC = {
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "types": ["mypy", "--no-error-summary"],
    "floors": ["tests.house.floors"],
}
"""The checks that run no test: a name and the Python module with its words."""

CORES = 2
"""How many lots run at once: what the smallest machine that develops Duly has."""
HALF = ["tests/web", "tests/policy", "tests/channels", "tests/house"]
"""About one half of the fast tests, by the time that they take."""
OWN = ["tests/journeys", "tests/cli", "tests/worker", "tests/core"]
"""The folders that take longest, the longest first, each a lot of its own."""


def _all_but(folders: list[str]) -> list[str]:
    return [f"--ignore={folder}" for folder in folders]


QUICK = {"all others": _all_but(HALF), ", ".join(HALF): HALF}
WHOLE = {OWN[0]: OWN[:1], "all others": _all_but(OWN), **{own: [own] for own in OWN[1:]}}
"""What each run of pytest takes. Lots of both are complete: a new folder is in the one of all others."""
FAST = ["-m", "not slow and not journey"]

ANY = {"ignore_unknown_options": True, "allow_interspersed_args": False}


@click.command(context_settings=ANY)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def check(words: tuple[str, ...]) -> None:
    """Run the quick checks and the fast tests, in under a minute."""
    _everything(QUICK, FAST, words)


@click.command(context_settings=ANY)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def test(words: tuple[str, ...]) -> None:
    """Run every check and every test, journeys in a browser included."""
    if browser.find_or_install() is None:
        click.echo("No Chromium here and none could be installed: the journeys count as skipped.")
    _everything(WHOLE, [], words)


@click.command(context_settings=ANY)
@click.argument("name", required=False)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def bench(name: str | None, words: tuple[str, ...]) -> None:
    """Run a measurement; without a name, list them."""
    found = {file.stem: file for file in sorted((CLONE / "bench").glob("[!_]*.py"))}
    if name is None:
        for each, file in found.items():
            purpose = (ast.get_docstring(ast.parse(file.read_text())) or "").split("\n", 1)[0]
            click.echo(f"{each:24} {purpose}")
        return
    if name not in found:
        raise Problem(f"There is no measurement {name}; ./duly bench lists them.")
    sys.exit(_python(f"bench.{name}", *words))


@click.command(context_settings=ANY)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def screenshots(words: tuple[str, ...]) -> None:
    """Make pictures of every page, light and dark, wide and narrow."""
    if browser.find_or_install() is None:
        raise Problem("Pictures need Chromium (Debian, Ubuntu: apt install chromium).")
    sys.exit(_python("tests.journeys.screenshots", *words))


def _everything(lots: dict[str, list[str]], marks: list[str], words: tuple[str, ...]) -> NoReturn:
    """Run the checks and all lots beside each other, or after the checks what the words ask for."""
    began = time.monotonic()
    if words:
        wrong = _static()
        sys.exit(max(_python("pytest", *marks, *words), bool(wrong)))
    totals: Counter[str] = Counter()
    with ThreadPoolExecutor(CORES) as pool:
        runs = {pool.submit(_heard, "pytest", "-q", *marks, *lots[lot]): lot for lot in lots}
        wrong = _static()
        for run in as_completed(runs):
            code, said = run.result()
            click.echo(f"\n{runs[run]}\n{said}")
            wrong += [runs[run]] if code else []
            totals.update(counted(said))
    if wrong:
        click.echo(f"FAILED: {', '.join(wrong)}")
    click.echo(f"All in {time.monotonic() - began:.0f} s.")
    failed = totals["failed"] + totals["error"]
    click.echo(f"{totals['passed']} passed, {failed} failed, {totals['skipped']} skipped")
    sys.exit(bool(wrong))


def counted(said: str) -> dict[str, int]:
    """Read what pytest counted from the last line that it said; one that died counted nothing."""
    last = said.rstrip().rsplit("\n", 1)[-1]
    return {
        what: int(many) for many, what in re.findall(r"(\d+) (passed|failed|skipped|error)", last)
    }


def _static() -> list[str]:
    """Run the checks that are no tests, and give the names of those that failed."""
    wrong = []
    for name, words in STATIC.items():
        began = time.monotonic()
        code = _python(*words)
        wrong += [name] if code else []
        verdict = "FAILED" if code else "ok"
        click.echo(f"{name:8} {verdict:8} {time.monotonic() - began:5.1f} s")
    return wrong


def _python(*words: str) -> int:
    sys.stdout.flush()
    return subprocess.run(_command(words), cwd=CLONE, check=False, env=_environment()).returncode


def _heard(*words: str) -> tuple[int, str]:
    """Run beside something else, and give the exit code with all that was said."""
    done = subprocess.run(
        _command(words),
        cwd=CLONE,
        check=False,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.returncode, done.stdout


def _command(words: tuple[str, ...]) -> list[str]:
    if not (CLONE / "pyproject.toml").exists():
        raise Problem("This needs a clone of Duly's repository.")
    return [sys.executable, "-m", *words]


def _environment() -> dict[str, str]:
    # An installation's settings must not reach the tests: they would write into its home.
    ours = ("DULY_TEST_DATABASE_URL", "DULY_PG_BIN", "DULY_PG_USER")
    return {
        name: value
        for name, value in os.environ.items()
        if name in ours or not name.startswith(("DULY_", "DATABASE_URL", "DJANGO_SETTINGS"))
    }
