"""`duly doctor`: what is wrong with an installation, in plain words."""

import sys

import click

from duly.cli import home as homes
from duly.cli.checkup import Finding, examine


@click.command()
@click.option("--home", help="The folder of the installation. [default: .duly in the clone]")
def doctor(home: str | None) -> None:
    """Look an installation over and say what is wrong and what to do."""
    marks = {Finding.GOOD: "ok     ", Finding.ADVICE: "advice ", Finding.WRONG: "WRONG  "}
    wrong = False
    for finding, words in examine(homes.chosen(home)):
        click.echo(f"{marks[finding]}{words}")
        wrong = wrong or finding is Finding.WRONG
    sys.exit(1 if wrong else 0)
