"""`duly policy diff`: what a new version changes, weaker promises first."""

from collections.abc import Sequence
from pathlib import Path

import click

from duly.cli.policy.command import FILE, PolicyCommand, json_option, print_json
from duly.core import instant
from duly.policy.diff import Difference, differences
from duly.policy.document.read import read
from duly.policy.problems import path_text


@click.command(cls=PolicyCommand)
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("--plan", help="Compare one plan alone.")
@json_option
@click.pass_context
def diff(ctx: click.Context, old: Path, new: Path, plan: str | None, as_json: bool) -> None:
    """Compare two versions of a policy by what they mean; ends with 1 when a promise became weaker."""
    found = differences(read(old), read(new), plan)
    if as_json:
        print_json(
            {
                "reductions": [each.as_json() for each in found.reductions],
                "improvements": [each.as_json() for each in found.improvements],
                "others": [each.as_json() for each in found.others],
                "unchanged": found.unchanged,
            }
        )
    else:
        _say("weaker", found.reductions, "red")
        _say("stronger", found.improvements, "green")
        _say("worded otherwise", found.others, None)
        click.echo(f"{found.unchanged} promises of time stay as they are")
    ctx.exit(1 if found.reductions else 0)


def _say(title: str, changes: Sequence[Difference], colour: str | None) -> None:
    if not changes:
        return
    click.secho(f"{title}: {len(changes)}", fg=colour, bold=True)
    for each in changes:
        click.echo(f"  {path_text(each.path)}: {each.old or 'nothing'} → {each.new or 'nothing'}")
        if each.example:
            reported, was, now = (
                instant.text(at)
                for at in (each.example.reported, each.example.old, each.example.new)
            )
            click.echo(f"    reported {reported}: due {now} instead of {was}")
