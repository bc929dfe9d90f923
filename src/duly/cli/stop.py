"""`duly stop`: end the desk that runs on a home, from another terminal."""

import os
import signal
import time

import click

from duly.cli import home as homes
from duly.cli.problem import Problem

PATIENCE_SECONDS = 60.0


@click.command()
@click.option("--home", help="The folder of the installation. [default: .duly in the clone]")
def stop(home: str | None) -> None:
    """Stop the desk that runs on this folder."""
    chosen = homes.chosen(home)
    running = chosen.running()
    if running is None:
        click.echo("Nothing runs here.")
        return
    os.kill(running.pid, signal.SIGTERM)
    until = time.monotonic() + PATIENCE_SECONDS
    while chosen.running():
        if time.monotonic() > until:
            raise Problem(
                f"Process {running.pid} does not end; its logs are in {chosen.path / 'log'}."
            )
        time.sleep(0.05)
    click.echo("Stopped.")
