"""What a backup says of itself: from when and what it is, and a checksum for each thing in it.

The names of things inside the archive and the places where they go follow from the manifest alone. Whatever else an
archive names is neither opened nor written.
"""

from datetime import date
from typing import Annotated, Literal, TypeAlias
from zipfile import BadZipFile, ZipFile

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints, ValidationError

from duly.cli.problem import Problem

NAME = "manifest.json"
DATABASE = "database.dump"

Sha256: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Item(_Part):
    """A content by what it must be."""

    sha256: Sha256
    size: int


class Secret(Item):
    """A key file of the home; no other name is known."""

    name: Literal["secret_key"]


class Chain(_Part):
    """The last sealed day, so that a chain made anew afterwards is found."""

    on: date
    digest: Sha256


class Manifest(_Part):
    """The first thing to read of a backup. `lost` are contents that rows named and the storage did not have whole."""

    format: Literal[1] = 1
    version: str
    made_at: AwareDatetime
    postgres: int
    migrations: dict[str, str]
    counts: dict[str, int]
    chain: Chain | None
    database: Item
    attachments: tuple[Item, ...]
    lost: tuple[Sha256, ...]
    secrets: tuple[Secret, ...]

    def items(self) -> dict[str, Item]:
        """Everything that the archive must hold, by its name there."""
        return {
            DATABASE: self.database,
            **{attachment_name(item.sha256): item for item in self.attachments},
            **{secret_name(item.name): item for item in self.secrets},
        }


def attachment_name(sha256: str) -> str:
    """The name of an attachment inside the archive."""
    return f"attachments/{sha256}"


def secret_name(name: str) -> str:
    """The name of a key file inside the archive."""
    return f"secrets/{name}"


def read(archive: ZipFile) -> Manifest:
    """Read what an archive says of itself.

    Raises:
        Problem: it is no backup of ours.
    """
    try:
        return Manifest.model_validate_json(archive.read(NAME))
    except (KeyError, BadZipFile) as problem:
        raise Problem("This file is no backup of Duly: it has no manifest.") from problem
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Problem(
            f"The manifest of this backup cannot be used: {where}: {first['msg']}. "
            "A later version of Duly may be able to read it."
        ) from problem
