"""A group of commands of which each is loaded only when it is called."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click


class Where(NamedTuple):
    """Where a command lives, as ``module:attribute``, and its line in the help, so that help loads nothing."""

    place: str
    line: str


class LazyGroup(click.Group):
    """Takes `where`: each command's name and where it is, in the order of the help."""

    def __init__(self, *args: Any, where: Mapping[str, Where], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.where = where

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Give the names, in the order of the table."""
        return list(self.where)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command, or give None when there is no such name."""
        where = self.where.get(cmd_name)
        if where is None:
            return None
        module, name = where.place.split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the names and lines of the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, where.line) for name, where in self.where.items()])
