"""What the policy commands share: options, JSON on stdout, problems on stderr, exit codes."""

import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click

from duly.core import instant
from duly.core.instant import Instant
from duly.policy.problems import PolicyErrors, Problem, UnusableInputError

UNUSABLE = 2

FILE = click.Path(path_type=Path)


class PolicyCommand(click.Command):
    """A command whose unusable input ends in exit code 2 and a message that names the place."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except PolicyErrors as errors:
            for problem in errors.problems:
                say(problem)
        except UnusableInputError as error:
            click.echo(f"{click.style('error:', fg='red')} {error}", err=True)
        return ctx.exit(UNUSABLE)


def read_instant(ctx: click.Context, param: click.Parameter, value: str | None) -> Instant | None:
    """Read the instant of an option: with an offset, as everywhere in Duly."""
    if value is None:
        return None
    try:
        return instant.parse(value)
    except ValueError as error:
        message = f"{value!r} is no instant with its offset, such as 2026-06-09T10:00+02:00."
        raise click.BadParameter(message, ctx, param) from error


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")
number_option = click.option(
    "--number", default=1, metavar="N", help="Which case of a file that holds several."
)
subscription_option = click.option(
    "--subscription",
    "subscription_file",
    type=FILE,
    help="What the customer brings: calendars, choices, add-ons, amendments.",
)


def print_json(value: Any) -> None:
    """Print a value as indented JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def say(problem: Problem, kind: str = "error") -> None:
    """Print a problem where editors look for it."""
    colour = "red" if kind == "error" else "yellow"
    place = click.style(f"{problem.file or '<text>'}:{problem.line}:{problem.column}:", bold=True)
    path = f"{problem.path}: " if problem.path else ""
    code = click.style(f"[{problem.code}]", dim=True)
    click.echo(
        f"{place} {click.style(f'{kind}:', fg=colour)} {path}{problem.message} {code}", err=True
    )


def progress(files: Sequence[Path]) -> AbstractContextManager[Iterable[Path]]:
    """Show on a terminal how far long work has come."""
    hidden = not sys.stderr.isatty()
    return click.progressbar(files, label="cases", file=sys.stderr, hidden=hidden)
