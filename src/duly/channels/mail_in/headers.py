"""Headers of a mail, decoded so that no byte sequence can stop the reading."""

import email.header
import email.utils
import re
from collections.abc import Iterable
from email.headerregistry import HeaderRegistry
from email.message import Message

from duly.channels.mail_in import limits
from duly.channels.mail_in.text import clean, decode, one_line
from duly.channels.mail_in.values import Address, Label
from duly.core.instant import Instant, from_datetime

_MESSAGE_ID = re.compile(r"<[^<>\s\x00-\x1f\x7f]{1,900}>")
_ADDRESS = re.compile(r"[^@\s<>\"(),;:\\]+@[^@\s<>\"(),;:\\]+\Z")
_registry = HeaderRegistry()


def raw(message: Message, name: str) -> list[str]:
    """All values of a header as written; surrogates stand for bytes that are no ASCII."""
    wanted = name.lower()
    return [str(value) for key, value in message.raw_items() if key.lower() == wanted]


def decoded(value: str) -> tuple[str, set[Label]]:
    """A header in words: encoded words and bare bytes are decoded, nothing is refused."""
    try:
        chunks = email.header.decode_header(value)
    except (email.errors.HeaderParseError, ValueError):
        return one_line(_loose(value), limits.HEADER_BYTES), {Label.BROKEN_HEADER}
    words: list[str] = []
    labels: set[Label] = set()
    for chunk, charset in chunks:
        content = chunk if isinstance(chunk, bytes) else chunk.encode("utf-8", "surrogateescape")
        word, trouble = decode(content, charset)
        words.append(word)
        labels |= trouble
    return one_line("".join(words), limits.HEADER_BYTES), labels


def text(message: Message, name: str) -> tuple[str, set[Label]]:
    """The first header of that name in words; empty when there is none."""
    return decoded(values[0]) if (values := raw(message, name)) else ("", set())


def message_ids(message: Message, name: str) -> tuple[str, ...]:
    """The Message-IDs in a header, angle brackets included, in order."""
    return tuple(found for value in raw(message, name) for found in message_ids_in(value))


def message_ids_in(words: str) -> list[str]:
    """The Message-IDs in a text."""
    return _MESSAGE_ID.findall(words.encode("ascii", "replace").decode())


def addresses(message: Message, name: str) -> tuple[tuple[Address, ...], set[Label]]:
    """The addresses of a header, read by two parsers that must agree before a sender is believed.

    Encoded words are decoded after the addresses are told apart: what they hold can never become an address.
    """
    values = raw(message, name)
    found = [pair for value in values for pair in _strict(value)]
    loose = [pair for pair in email.utils.getaddresses(values) if pair[1]]
    labels: set[Label] = set()
    if [address for _, address in found] != [address for _, address in loose]:
        labels.add(Label.AMBIGUOUS_SENDER)
        found = loose or found
    good = tuple(_address(*pair) for pair in found[: limits.RECIPIENTS])
    return tuple(address for address in good if address), labels


def sent_at(message: Message) -> Instant | None:
    """The Date header as an instant, if it is one and has an offset."""
    for value in raw(message, "Date"):
        try:
            parsed = email.utils.parsedate_to_datetime(value)
            return from_datetime(parsed)
        except (TypeError, ValueError, IndexError, OverflowError):
            continue
    return None


def _strict(value: str) -> Iterable[tuple[str, str]]:
    try:
        parsed = _registry("To", value)
        return [(one.display_name, one.addr_spec) for one in parsed.addresses]  # type: ignore[attr-defined]
    except Exception:
        return []


def _address(name: str, address: str) -> Address | None:
    if not _ADDRESS.match(address) or len(address) > 320 or clean(address) != address:
        return None
    local, _, domain = address.rpartition("@")
    words, _ = decoded(name)
    # What is shown beside an address is a name or nothing, never somebody else's address.
    return Address(f"{local}@{domain.lower()}", "" if "@" in words else words[:200])


def _loose(value: str) -> str:
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
