"""The files and the text in a winmail.dat, Outlook's own wrapping."""

import logging
from dataclasses import dataclass

from tnefparse import TNEF

from duly.channels.mail_in.text import clean

logging.getLogger("tnefparse").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a winmail.dat held."""

    text: str
    html: str
    files: tuple[tuple[str, bytes], ...]


def is_tnef(declared: str, name: str) -> bool:
    """Told by the declared type or, for senders that declare nothing, by the usual name."""
    return declared in ("application/ms-tnef", "application/vnd.ms-tnef") or name == "winmail.dat"


def opened(data: bytes) -> Opened | None:
    """Unwrap, or None when nothing can be read in the bytes."""
    try:
        tnef = TNEF(data, do_checksum=False)
        files = tuple(
            (str(one.long_filename() or one.name), bytes(one.data)) for one in tnef.attachments
        )
        found = Opened(_words(tnef.body), _words(tnef.htmlbody), files)
    except Exception:
        return None
    return found if found.text or found.html or found.files else None


def _words(body: object) -> str:
    if isinstance(body, bytes):
        return clean(body.decode("utf-8", "replace"))
    return clean(body) if isinstance(body, str) else ""
