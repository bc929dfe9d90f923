"""`duly doctor`: what is wrong with an installation, in plain words."""

import sys
from collections.abc import Iterator
from datetime import date

import click
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from duly.cli import home as homes
from duly.cli.doctor.finding import Finding, Found
from duly.cli.doctor.surroundings import age, backups, disk, is_running, packages
from duly.cli.home import Home
from duly.cli.installation import open_installation, with_database
from duly.cli.problem import Problem


@click.command()
@click.option("--home", help="The folder of the installation. [default: .duly in the clone]")
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    help="Work the promises of so many tickets out again, drawn at random. [default: of all]",
)
def doctor(home: str | None, sample: int | None) -> None:
    """Look an installation over, say what is wrong and what to do."""
    sys.exit(0 if tell(examine(homes.chosen(home), sample)) else 1)


def tell(findings: Iterator[Found]) -> bool:
    """Print what is found, and say whether all is well."""
    wrong = False
    for finding, words in findings:
        click.echo(f"{finding.value:7} {words}")
        wrong = wrong or finding is Finding.WRONG
    return not wrong


def examine(home: Home, sample: int | None = None) -> Iterator[Found]:
    """Look at everything, the surroundings first; nothing is changed."""
    yield packages()
    try:
        installation = open_installation(home)
        yield disk(home)
        if installation.cluster:
            yield backups(home)
            yield age(installation.cluster.binaries, date.today())  # noqa: DTZ011 - a day is no matter
        yield is_running(home)
        with with_database(home, "is looked over by ./duly doctor") as opened:
            opened.enter()
            from duly.cli.doctor.rows import rows  # noqa: PLC0415 - needs Django to be ready

            yield from rows(sample)
    except Problem as problem:
        yield Finding.WRONG, str(problem)
    except ImproperlyConfigured as problem:
        yield Finding.WRONG, f"A setting is wrong. {problem}"
    except DatabaseError as problem:
        yield Finding.WRONG, f"The database does not answer: {str(problem).strip()}"
