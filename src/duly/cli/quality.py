"""`duly check`, `test`, `bench`, `screenshots`: what people who change Duly run."""

import ast
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import click

from duly.cli import browser
from duly.cli.home import CLONE
from duly.cli.problem import Problem

STATIC = {
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "types": ["mypy", "--no-error-summary"],
    "floors": ["importlinter.cli", "lint"],
}
"""The checks that run no test: a name and the Python module with its words."""

PURE = ["tests/core", "tests/policy", "tests/channels", "tests/house"]
"""Tests without a database; the others run beside them, so that both cores of a small machine work."""
FAST = ["pytest", "-q", "-m", "not slow and not journey"]

ANY = {"ignore_unknown_options": True, "allow_interspersed_args": False}


@click.command(context_settings=ANY)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def check(words: tuple[str, ...]) -> None:
    """Run the quick checks and the fast tests, in under a minute."""
    if words:
        good = _static()
        sys.exit(max(_python(*FAST, *words), not good))
    apart = [f"--ignore={folder}" for folder in PURE]
    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(_heard, *FAST, *more) for more in (PURE, apart)]
        good = _static()
        for run in runs:
            code, said = run.result()
            click.echo(said)
            good = good and code == 0
    sys.exit(not good)


@click.command(context_settings=ANY)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def test(words: tuple[str, ...]) -> None:
    """Run every check and every test, journeys in a browser included."""
    good = _static()
    if browser.find_or_install() is None:
        click.echo("No Chromium here and none could be installed: the journeys count as skipped.")
    sys.exit(max(_python("pytest", *words), not good))


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


def _static() -> bool:
    good = True
    for name, words in STATIC.items():
        began = time.monotonic()
        code = _python(*words)
        good = good and code == 0
        verdict = "ok" if code == 0 else "FAILED"
        click.echo(f"{name:8} {verdict:8} {time.monotonic() - began:5.1f} s")
    return good


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
