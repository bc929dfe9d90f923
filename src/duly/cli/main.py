"""The `duly` command: a list of sub-commands, each loaded only when it is called."""

import click

from duly.cli.lazy import LazyGroup

COMMANDS = {
    "up": "duly.cli.up:up",
    "stop": "duly.cli.stop:stop",
    "found": "duly.cli.found:found",
    "doctor": "duly.cli.doctor.command:doctor",
    "backup": "duly.cli.backup.command:backup",
    "restore": "duly.cli.backup.command:restore",
    "manage": "duly.cli.manage:manage",
    "policy": "duly.cli.policy:policy",
    "test": "duly.cli.quality:test",
    "check": "duly.cli.quality:check",
    "bench": "duly.cli.quality:bench",
    "screenshots": "duly.cli.quality:screenshots",
}
"""Each command and where it lives, in the order of the help. `duly policy` must not load Django."""


@click.command(
    cls=LazyGroup, where=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="duly", message="Duly %(version)s")
def main() -> None:
    """Duly, a support desk that keeps its word."""
