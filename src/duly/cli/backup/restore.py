"""Taking a backup back: everything is checked before anything is touched, and the database changes all at once."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from duly.channels import wall_clock
from duly.cli.backup import manifest as manifests
from duly.cli.backup.make import CHUNK, counts, speaking
from duly.cli.backup.manifest import Item, Manifest, attachment_name, secret_name
from duly.cli.backup.unfinished import unpacking
from duly.cli.installation import Installation
from duly.cli.problem import Problem
from duly.desk.actions.deliveries.held import hold_waiting
from duly.desk.actions.tickets.reword import reword_all
from duly.desk.people.person import Person
from duly.desk.tickets.attachment import put


@contextmanager
def opened(file: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    """Open a backup of which every checksum holds.

    Raises:
        Problem: it is no backup, or something in it is not what the manifest says.
    """
    try:
        with ZipFile(file) as archive:
            said = manifests.read(archive)
            for name, item in said.items().items():
                _check(archive, name, item)
            yield archive, said
    except (BadZipFile, OSError) as problem:
        raise Problem(
            f"{file} cannot be read as a backup: {problem}. Nothing was changed."
        ) from problem


def restore(
    installation: Installation, archive: ZipFile, said: Manifest, *, replace: bool
) -> list[str]:
    """Put everything in its place and give what did not come back as it was: nothing, normally.

    Raises:
        Problem: the desk is not empty, or the backup is from a later Duly; nothing was changed.
    """
    _refuse_later(said)
    if not replace and not _is_empty():
        raise Problem(
            "The database is not empty. Restore into a new folder with --home, "
            "or say --replace to lose what is here."
        )
    for item in said.attachments:
        put(archive.read(attachment_name(item.sha256)))
    with unpacking(installation.home) as folder:
        dumped = folder / manifests.DATABASE
        dumped.touch(mode=0o600)
        with archive.open(manifests.DATABASE) as content, dumped.open("wb") as out:
            while chunk := content.read(CHUNK):
                out.write(chunk)
        programs = speaking(installation)
        connection.close()
        programs.restore(dumped, folder / "database.sql")
    for secret in said.secrets:
        value = archive.read(secret_name(secret.name)).decode("ascii")
        installation.home.keep_secret(secret.name, value)
    now = counts()
    call_command("migrate", interactive=False, verbosity=0)
    hold_waiting(at=wall_clock.now())
    reword_all()
    with connection.cursor() as cursor:
        # A dump brings no statistics, and queries would be planned blindly.
        cursor.execute("ANALYZE")
    return [
        f"{table} has {now.get(table, 0)} rows instead of {count}"
        for table, count in said.counts.items()
        if now.get(table) != count
    ]


def _check(archive: ZipFile, name: str, item: Item) -> None:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as content:
            while size <= item.size and (chunk := content.read(CHUNK)):
                digest.update(chunk)
                size += len(chunk)
    except KeyError:
        raise Problem(f"The backup lacks {name}. Nothing was changed.") from None
    if (size, digest.hexdigest()) != (item.size, item.sha256):
        raise Problem(f"In the backup {name} is damaged. Nothing was changed; try another backup.")


def _refuse_later(said: Manifest) -> None:
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    later = [app for app, name in said.migrations.items() if (app, name) not in known]
    if later:
        raise Problem(
            f"This backup was made by Duly {said.version}, later than this one (unknown here: "
            f"{', '.join(later)}). Update Duly first. Nothing was changed."
        )


def _is_empty() -> bool:
    """No tables, not even somebody else's, or those of a desk that nobody has used yet."""
    tables = connection.introspection.table_names()
    return not tables or (Person._meta.db_table in tables and not Person.objects.exists())
