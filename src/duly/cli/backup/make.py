"""Making a backup: the database in one snapshot, the attachments that it names, the key of the home, one manifest."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from psycopg.conninfo import make_conninfo

from duly.cli.backup import manifest as manifests
from duly.cli.backup.manifest import Chain, Item, Manifest, Secret, attachment_name, secret_name
from duly.cli.installation import Installation
from duly.cli.postgres.dump import Programs, programs
from duly.cli.problem import Problem
from duly.desk.setup.seal import DaySeal
from duly.desk.tickets.attachment import StoredFile, place_of

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Snapshot:
    """What the rows say at the instant of the backup."""

    migrations: dict[str, str]
    counts: dict[str, int]
    chain: Chain | None
    contents: list[str]
    dumped: Path


def make(installation: Installation, file: Path, *, at: datetime) -> Manifest:
    """Write a backup, whole or not at all. The desk may run meanwhile.

    Raises:
        Problem: the file is there already, or cannot be written.
    """
    if file.exists():
        raise Problem(f"{file} is there already, and a backup is never written over.")
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            written, said = _write(installation, Path(folder), at)
            written.rename(file)
    except OSError as problem:
        raise Problem(
            f"The backup was not made: {problem.strerror or problem}. Nothing was kept."
        ) from problem
    return said


def _write(installation: Installation, folder: Path, at: datetime) -> tuple[Path, Manifest]:
    rows = _rows(installation, folder / manifests.DATABASE)
    written = folder / "whole"
    with written.open("xb") as out, ZipFile(out, "w") as archive:
        written.chmod(0o600)
        with rows.dumped.open("rb") as dumped:
            database = _add(archive, manifests.DATABASE, dumped)
        kept, lost = _add_attachments(archive, rows.contents)
        said = Manifest(
            version=version("duly"),
            made_at=at,
            postgres=_major(),
            migrations=rows.migrations,
            counts=rows.counts,
            chain=rows.chain,
            database=database,
            attachments=tuple(kept),
            lost=tuple(lost),
            secrets=tuple(_add_secrets(archive, installation)),
        )
        archive.writestr(manifests.NAME, said.model_dump_json(indent=1))
    with written.open("rb") as whole:
        os.fsync(whole.fileno())
    return written, said


def _rows(installation: Installation, dumped: Path) -> _Snapshot:
    """Dump the database and read what belongs to it in one snapshot; its tables may be those of an earlier Duly."""
    with _snapshot() as name:
        tables = counts()
        if "desk_person" not in tables:
            raise Problem("There is no desk here yet, so there is nothing to back up.")
        seal = DaySeal.objects.last() if DaySeal._meta.db_table in tables else None
        rows = _Snapshot(
            migrations=dict(sorted(MigrationRecorder(connection).applied_migrations())),
            counts=tables,
            chain=Chain(on=seal.on, digest=seal.digest) if seal else None,
            contents=list(StoredFile.objects.order_by("pk").values_list("sha256", flat=True)),
            dumped=dumped,
        )
        speaking(installation).dump(dumped, name)
    return rows


@contextmanager
def _snapshot() -> Iterator[str]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (name,) = cursor.fetchone() or ("",)
        yield name


def counts() -> dict[str, int]:
    """Count the rows of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            (found[table],) = cursor.fetchone() or (0,)
    return found


def speaking(installation: Installation) -> Programs:
    """Give the programs that speak to the database that Django speaks to, told no more than what was set."""
    known = connection.settings_dict
    named = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
    where = {name: str(known[key]) for name, key in named.items() if known[key]}
    options = {name: str(value) for name, value in known["OPTIONS"].items() if name != "pool"}
    database = make_conninfo("", **where, **options)
    return programs(installation.cluster, database, known["PASSWORD"], _major())


def _major() -> int:
    connection.ensure_connection()
    return int(connection.connection.info.server_version) // 10_000


def _add_attachments(archive: ZipFile, contents: list[str]) -> tuple[list[Item], list[str]]:
    kept, lost = [], []
    for sha256 in contents:
        try:
            with default_storage.open(place_of(sha256)) as content:
                item = _add(archive, attachment_name(sha256), content)
        except FileNotFoundError:
            lost.append(sha256)
            continue
        if item.sha256 == sha256:
            kept.append(item)
        else:
            lost.append(sha256)
    return kept, lost


def _add_secrets(archive: ZipFile, installation: Installation) -> Iterator[Secret]:
    """Add the key of the home, unless the desk's key comes from elsewhere."""
    if installation.own_key:
        with installation.own_key.open("rb") as secret:
            item = _add(archive, secret_name("secret_key"), secret)
        yield Secret(name="secret_key", sha256=item.sha256, size=item.size)


def _add(archive: ZipFile, name: str, content: IO[bytes]) -> Item:
    digest, size = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as entry:
        while chunk := content.read(CHUNK):
            entry.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Item(sha256=digest.hexdigest(), size=size)
