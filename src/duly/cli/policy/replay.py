"""`duly policy replay`: how the tickets of a case stand at an instant."""

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
from duly.core.instant import Instant
from duly.policy.cases.expectations import expectations
from duly.policy.cases.history import Tickets, tickets
from duly.policy.cases.standing import replay_json
from duly.policy.cases.timeline import timeline


@click.command(cls=PolicyCommand)
@click.argument("case_file", type=FILE, metavar="CASE")
@click.option(
    "--at", callback=read_instant, help="The instant; else the last one that the case names."
)
@number_option
@json_option
def replay(case_file: Path, at: Instant | None, number: int, as_json: bool) -> None:
    """Replay the tickets of a case."""
    case = numbered_case(case_file, number)
    found = tickets(case)
    asked = last_instant(found) if at is None else at
    if as_json:
        print_json(replay_json(case, found, asked))
        return
    for name in case.stated.tickets:
        for line in timeline(found, name, asked):
            click.echo(line)


def last_instant(found: Tickets) -> Instant:
    """Find the last instant that a case names, in its histories or its expectations."""
    stated = [event.at for events in found.events.values() for event in events]
    return max([*stated, *(expected.at for expected in expectations(found.case))])
