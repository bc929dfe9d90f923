"""`duly policy promise`: what would be promised if a ticket were reported at an instant."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from duly.cli.policy.command import (
    FILE,
    PolicyCommand,
    json_option,
    print_json,
    read_instant,
    subscription_option,
)
from duly.cli.policy.customer import subscribed
from duly.core import instant
from duly.core.instant import Instant
from duly.policy.cases.timeline import columns, moment
from duly.policy.cases.what_if import Promises, promises
from duly.policy.document.read import read


@click.command(cls=PolicyCommand)
@click.argument("file", type=FILE)
@click.argument("plan")
@click.option("--priority", required=True, metavar="K", help="The level reported.")
@click.option("--at", required=True, callback=read_instant, help="The instant of the report.")
@click.option(
    "--channel", metavar="C", help="How it is reported: email, web, or what the plan names."
)
@subscription_option
@json_option
def promise(
    *,
    file: Path,
    plan: str,
    priority: str,
    at: Instant,
    channel: str | None,
    subscription_file: Path | None,
    as_json: bool,
) -> None:
    """Say what would be promised if reported then."""
    held = subscribed(plan, subscription_file)
    found = promises(read(file), held, priority, at, channel)
    if as_json:
        print_json({"at": instant.text(at), "plan": plan, "priority": priority, **found.as_json()})
        return
    for line in columns(_rows(found, found.zone)) if found.clocks else ["nothing is promised"]:
        click.echo(line)


def _rows(found: Promises, zone: ZoneInfo) -> list[list[Any]]:
    rows = [
        [
            clock.kind.replace("_", " "),
            clock.target if clock.calendar is None else f"{clock.target} ({clock.calendar})",
            moment(clock.due_at, zone) or clock.state.replace("_", " "),
        ]
        for clock in found.clocks
    ]
    return [*rows, *([kind.replace("_", " "), target, "later"] for kind, target in found.later)]
