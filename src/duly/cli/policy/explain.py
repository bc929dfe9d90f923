"""`duly policy explain`: the sum behind one clock of a case, step by step."""

from pathlib import Path

import click

from duly.cli.policy.command import (
    FILE,
    PolicyCommand,
    json_option,
    number_option,
    print_json,
    read_instant,
)
from duly.cli.policy.files import numbered_case
from duly.cli.policy.replay import last_instant
from duly.core import instant
from duly.core.clock.values import Kind
from duly.core.instant import Instant
from duly.policy.cases.explanation import explanation, explanation_json
from duly.policy.cases.history import tickets


@click.command(cls=PolicyCommand)
@click.argument("case_file", type=FILE, metavar="CASE")
@click.argument("ticket")
@click.argument("clock", type=click.Choice([kind.value for kind in Kind]), metavar="CLOCK")
@click.option(
    "--at", callback=read_instant, help="The instant; else the last one that the case names."
)
@click.option("--cycle", type=int, help="The cycle; else the latest.")
@number_option
@json_option
def explain(
    *,
    case_file: Path,
    ticket: str,
    clock: str,
    at: Instant | None,
    cycle: int | None,
    number: int,
    as_json: bool,
) -> None:
    """Explain a clock: what was counted, paused and promised."""
    found = tickets(numbered_case(case_file, number))
    asked = last_instant(found) if at is None else at
    explained = explanation(found, ticket, clock, cycle, asked)
    if as_json:
        print_json({"at": instant.text(asked), "ticket": ticket, **explanation_json(explained)})
        return
    for line in explained.lines():
        click.echo(line)
