"""What was read in a mail that waits for a person: kept as it was read, so that they decide about what they see."""

from dataclasses import asdict, replace
from typing import Any

from django.db import models

from duly.desk.mailroom.incoming import Incoming
from duly.desk.mailroom.raw_mail import RawMail
from duly.desk.tickets.attachment import NewFile, set_aside, taken_up


class Reading(models.Model):
    """The words of a held mail as plain JSON; its files are in the storage, each named here by its SHA-256."""

    mail = models.OneToOneField(RawMail, models.CASCADE, related_name="reading")
    plain = models.JSONField()

    def __str__(self) -> str:
        return f"reading of mail {self.mail_id}"


def keep_reading(mail: RawMail, incoming: Incoming) -> None:
    """Keep what was read, in place of what was read before."""
    plain: dict[str, Any] = asdict(replace(incoming, files=()))
    plain["recipients"], plain["labels"] = list(incoming.recipients), sorted(incoming.labels)
    plain["files"] = set_aside(incoming.files)
    Reading.objects.update_or_create(mail=mail, defaults={"plain": plain})


def read_again(reading: Reading) -> Incoming:
    """Give the mail as it was read, files included.

    Raises:
        NotPossible: one of them is missing from the storage.
    """
    return words_of(reading, files=taken_up(reading.plain["files"]))


def words_of(reading: Reading, files: tuple[NewFile, ...] = ()) -> Incoming:
    """Give the mail as it was read, without opening its files."""
    plain = {key: value for key, value in reading.plain.items() if key != "files"}
    plain["recipients"], plain["labels"] = tuple(plain["recipients"]), frozenset(plain["labels"])
    return Incoming(**plain, files=files)
