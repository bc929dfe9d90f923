"""`duly policy check`: what is wrong with a policy file, and what may not be meant."""

from pathlib import Path

import click

from duly.channels.wall_clock import now
from duly.cli.policy.command import FILE, UNUSABLE, PolicyCommand, json_option, print_json, say
from duly.policy.check.codes import CODES
from duly.policy.check.review import Findings, review


def list_codes(ctx: click.Context, param: click.Parameter, asked: bool) -> None:  # noqa: ARG001
    """Print the table of codes."""
    if asked:
        width = max(map(len, CODES))
        for code, meaning in CODES.items():
            click.echo(f"{code.ljust(width)}  {meaning}")
        ctx.exit()


@click.command(cls=PolicyCommand)
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--codes",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=list_codes,
    help="List what is looked for.",
)
@json_option
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Find faults in policy files."""
    today = now().date()
    found = [review(file, today) for file in files]
    errors = [problem for each in found for problem in each.errors]
    warnings = [problem for each in found for problem in each.warnings]
    if as_json:
        print_json(
            {
                "errors": [problem.as_json() for problem in errors],
                "warnings": [problem.as_json() for problem in warnings],
            }
        )
    else:
        _say(Findings(errors, warnings), len(files))
    if any(problem.code == "file" for problem in errors):
        ctx.exit(UNUSABLE)
    ctx.exit(1 if errors else 0)


def _say(found: Findings, files: int) -> None:
    for problem in found.errors:
        say(problem)
    for problem in found.warnings:
        say(problem, "warning")
    said = f"{_count(files, 'file')}: {_count(len(found.errors), 'error')}, "
    said += _count(len(found.warnings), "warning")
    click.secho(said, fg="red" if found.errors else "green", err=True)


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
