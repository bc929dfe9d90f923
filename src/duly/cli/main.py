"""The `duly` command: a list of sub-commands, each loaded only when it is called."""

from importlib import import_module

import click

COMMANDS = {
    "up": "duly.cli.up:up",
    "stop": "duly.cli.stop:stop",
    "doctor": "duly.cli.doctor:doctor",
    "manage": "duly.cli.manage:manage",
    "policy": "duly.cli.policy:policy",
    "test": "duly.cli.quality:test",
    "check": "duly.cli.quality:check",
    "bench": "duly.cli.quality:bench",
    "screenshots": "duly.cli.quality:screenshots",
}
"""Each command and where it lives, in the order of the help. `duly policy` must not load Django."""


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Give the names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command, or give None when there is no such name."""
        where = COMMANDS.get(cmd_name)
        if where is None:
            return None
        module, name = where.split(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="duly", message="Duly %(version)s")
def main() -> None:
    """Duly, a support desk that keeps its word."""
