"""A folder instead of a server: for demonstrations and for trying out, nothing leaves the machine."""

import hashlib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from duly.channels.mail_out.failure import Undeliverable


@dataclass(frozen=True, slots=True)
class Sink:
    """A folder of `.eml` files, which mail programs open."""

    folder: Path

    def send(self, message: EmailMessage) -> None:
        """Write one message, whole or not at all; the same message again replaces itself.

        Raises:
            Undeliverable: the folder cannot be written to.
        """
        written_at = parsedate_to_datetime(str(message["Date"]))
        identity = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:12]
        file = self.folder / f"{written_at:%Y-%m-%dT%H%M%SZ}-{identity}.eml"
        new = file.with_suffix(".new")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            new.write_bytes(message.as_bytes())
            new.rename(file)
        except OSError as trouble:
            raise Undeliverable(f"{self.folder}: {trouble.strerror}", permanent=False) from trouble
