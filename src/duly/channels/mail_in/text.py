"""Bytes of a claimed charset become text that a database and a page can hold."""

import codecs
import re

from duly.channels.mail_in.values import Label

FALLBACK = "windows-1252"
ALIASES = {
    "cp-850": "cp850",
    "cp-1252": "windows-1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "ks_c_5601-1987": "cp949",
    "unicode-1-1-utf-7": "utf-7",
    "x-mac-roman": "mac-roman",
    "x-sjis": "shift_jis",
    "x-gbk": "gbk",
}
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of what follows: in a name they make `fdp.exe` look like `exe.pdf`."""
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def decode(content: bytes, charset: str | None) -> tuple[str, set[Label]]:
    """Decode with the claimed charset, else UTF-8, else one that can read any byte; say which help was needed."""
    labels: set[Label] = set()
    for name in _candidates(charset, labels):
        try:
            return clean(content.decode(name)), labels
        except (UnicodeDecodeError, ValueError):
            labels.add(Label.WRONG_CHARSET)
    return clean(content.decode(FALLBACK, "replace")), labels


def clean(text: str) -> str:
    """Drop what PostgreSQL or a terminal chokes on; line ends become ``\\n``."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, limit: int) -> str:
    """Text for a header or a title: no line ends, single spaces, read in the order it is written, cut at `limit`."""
    return " ".join(_TURNING.sub("", clean(text)).split())[:limit]


def _candidates(charset: str | None, labels: set[Label]) -> list[str]:
    known = _known(charset)
    if charset and not known:
        labels.add(Label.UNKNOWN_CHARSET)
    # ASCII and Latin-1 are what broken senders claim for anything; UTF-8 bytes are hardly ever there by chance.
    lenient = known in (None, "ascii", "iso8859-1", "cp1252")
    return ["utf-8", known or FALLBACK] if lenient else [str(known), "utf-8"]


def _known(charset: str | None) -> str | None:
    if not charset:
        return None
    name = charset.strip().strip("\"'").lower()
    try:
        found = codecs.lookup(ALIASES.get(name, name))
    except (LookupError, ValueError):
        return None
    # Python also registers codecs that turn bytes into bytes (zip bombs among them).
    return found.name if getattr(found, "_is_text_encoding", True) else None
