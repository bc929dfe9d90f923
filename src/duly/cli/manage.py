"""`duly manage`: Django's own commands, with the environment of an installation."""

import os

import click

from duly.cli import home as homes
from duly.cli.installation import with_database


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(words: tuple[str, ...]) -> None:
    """Run one of Django's commands, such as `migrate` or `shell`."""
    with with_database(homes.chosen(None), f"runs ./duly manage {' '.join(words)}") as installation:
        os.environ.update(installation.environment())
        from django.core.management import execute_from_command_line  # noqa: PLC0415 - only now

        execute_from_command_line(["duly manage", *words])
