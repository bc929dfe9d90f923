"""The `duly` command: a list of sub-commands, each loaded only when it is called."""

import click

from duly.cli.lazy import LazyGroup, Where

COMMANDS = {
    "up": Where("duly.cli.up:up", "Start the desk, and keep it up until Ctrl-C."),
    "stop": Where("duly.cli.stop:stop", "Stop the desk that runs on this folder."),
    "found": Where(
        "duly.cli.found:found", "Make the first administrator of a desk that has no people yet."
    ),
    "doctor": Where(
        "duly.cli.doctor.command:doctor",
        "Look an installation over, say what is wrong and what to do.",
    ),
    "backup": Where(
        "duly.cli.backup.command:backup",
        "Write the whole desk into FILE: rows, attachments and key.",
    ),
    "restore": Where(
        "duly.cli.backup.command:restore",
        "Bring back the desk that FILE holds, then work out again what it recorded.",
    ),
    "manage": Where(
        "duly.cli.manage:manage", "Run one of Django's commands, such as `migrate` or `shell`."
    ),
    "policy": Where("duly.cli.policy:policy", "Check, test, replay and publish a support policy."),
    "test": Where(
        "duly.cli.quality:test", "Run every check and every test, journeys in a browser included."
    ),
    "check": Where(
        "duly.cli.quality:check", "Run the quick checks and the fast tests, in under a minute."
    ),
    "bench": Where("duly.cli.quality:bench", "Run a measurement; without a name, list them."),
    "screenshots": Where(
        "duly.cli.quality:screenshots",
        "Make pictures of every page, light and dark, wide and narrow.",
    ),
}
"""Each command, in the order of the help. `duly policy` must not load Django."""


@click.command(
    cls=LazyGroup, where=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="duly", message="Duly %(version)s")
def main() -> None:
    """Duly, a support desk that keeps its word."""
