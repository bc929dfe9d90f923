"""`duly backup` and `duly restore`: a whole desk as one file, and back."""

import sys
from itertools import chain
from pathlib import Path

import click

from duly.cli import home as homes
from duly.cli.backup import unfinished
from duly.cli.console import say
from duly.cli.doctor.command import tell
from duly.cli.installation import at_rest, with_database
from duly.cli.problem import Problem

FILE = click.Path(path_type=Path, dir_okay=False)
HOME = click.option("--home", help="The folder of the installation. [default: .duly in the clone]")


@click.command()
@click.argument("file", type=FILE, required=False)
@HOME
def backup(file: Path | None, home: str | None) -> None:
    """Write the whole desk into FILE: rows, attachments and key. It may run meanwhile.

    Without FILE it goes into the folder `backups` of the home. Whoever has the file has everything: keep it safe.
    """
    chosen = homes.chosen(home)
    with with_database(chosen, "makes a backup") as installation:
        installation.enter()
        from duly.channels import wall_clock  # noqa: PLC0415 - needs Django to be ready
        from duly.cli.backup.make import make  # noqa: PLC0415

        at = wall_clock.now()
        target = file or chosen.backups() / f"{at:%Y-%m-%dT%H-%M-%SZ}.zip"
        said = make(installation, target.absolute(), at=at)
    say(f"{target} holds {sum(said.counts.values())} rows and {len(said.attachments)} attachments.")
    if not said.secrets:
        say("The key of this desk comes from the environment and is not in it: keep it yourself.")
    if said.lost:
        raise Problem(
            f"{len(said.lost)} attachments were not there or not whole, so they are not in the backup "
            f"(the rest is): {', '.join(said.lost[:5])}"
        )


@click.command()
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Lose what the desk holds now.")
@HOME
def restore(file: Path, replace: bool, home: str | None) -> None:
    """Bring back the desk that FILE holds, then work out again what it recorded.

    Every checksum is verified before anything is touched.
    """
    with at_rest(homes.chosen(home), "brings a desk back") as installation:
        unfinished.sweep(installation.home)
        installation.enter()
        from duly.cli.backup import restore as restoring  # noqa: PLC0415 - needs Django to be ready
        from duly.cli.doctor.rows import held_mail  # noqa: PLC0415
        from duly.cli.doctor.truth import truth  # noqa: PLC0415

        with restoring.opened(file) as (archive, said):
            differences = restoring.restore(installation, archive, said, replace=replace)
        say(
            f"The desk of {said.made_at:%Y-%m-%d %H:%M} UTC is back. Looking over what it recorded:"
        )
        well = tell(chain(truth(None), held_mail()))
    if not said.secrets or not installation.own_key:
        say(
            "The desk takes its key from the environment: it must be the one it had, or type stored passwords again."
        )
    if differences:
        raise Problem("Not everything came back: " + "; ".join(differences))
    sys.exit(0 if well else 1)
