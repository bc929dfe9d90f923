"""The parts of a mail, walked in order within limits: two bodies at most, every other part a file."""

import email.message
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

import puremagic

from duly.channels.mail_in import headers, limits, tnef
from duly.channels.mail_in.text import decode, one_line
from duly.channels.mail_in.values import Label, Part

UNKNOWN = "application/octet-stream"


@dataclass(slots=True)
class Content:
    """What a walk collects; texts of several inline parts follow each other."""

    texts: list[str] = field(default_factory=list)
    htmls: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    labels: set[Label] = field(default_factory=set)


def content(message: Message) -> Content:
    """Collect bodies and files of a parsed mail."""
    found = Content()
    for leaf in _leaves(message, found.labels):
        _take(leaf, found)
    if any(part.defects for part in message.walk()):
        found.labels.add(Label.BROKEN_STRUCTURE)
    return found


def part(name: str, declared: str, data: bytes, **more: object) -> Part:
    """A file with its type told by its bytes; the sender's word is kept beside it."""
    return Part(
        name=one_line(name, 200) or "unnamed",
        media_type=media_type(data, declared),
        declared=one_line(declared, 200),
        content=data,
        sha256=hashlib.sha256(data).hexdigest(),
        **more,  # type: ignore[arg-type]
    )


def media_type(data: bytes, declared: str) -> str:
    """The type that the bytes tell; text types, which bytes cannot tell, are believed, except for HTML and XML."""
    try:
        told = puremagic.from_string(data, mime=True) if data else ""
    except (puremagic.PureError, ValueError):
        told = ""
    if told:
        return told
    return declared if declared in ("text/plain", "text/csv", "text/calendar") else UNKNOWN


def _leaves(message: Message, labels: set[Label]) -> Iterator[Message]:
    """Each part that holds no others, a nested mail counting as one; iterative, so depth cannot exhaust the stack."""
    stack = [(message, 0)]
    seen = 0
    while stack:
        node, depth = stack.pop()
        seen += 1
        if seen > limits.PARTS:
            labels.add(Label.TOO_MANY_PARTS)
            return
        if depth > limits.DEPTH:
            labels.add(Label.TOO_DEEP)
            continue
        # Of a part that holds no others the payload would be decoded, with whatever charset it names.
        has_parts = node.get_content_maintype() == "multipart" and node.is_multipart()
        children = node.get_payload() if has_parts else None
        if not isinstance(children, list):
            yield node
            continue
        labels |= _protection(node)
        below = [child for child in children if isinstance(child, Message)]
        stack.extend((child, depth + 1) for child in reversed(below))


def _protection(node: Message) -> set[Label]:
    kind = node.get_content_subtype()
    return (
        {Label.SIGNED} if kind == "signed" else {Label.ENCRYPTED} if kind == "encrypted" else set()
    )


def _take(leaf: Message, found: Content) -> None:
    declared = leaf.get_content_type()
    name, labels = _file_name(leaf)
    found.labels |= labels
    if leaf.get_content_maintype() == "message":
        found.parts.append(part(name or "forwarded.eml", "message/rfc822", _nested(leaf)))
        return
    data = _bytes_of(leaf)
    if leaf.get_content_maintype() == "multipart":
        # Its parts cannot be told apart: its words are shown as they stand.
        declared = "text/plain"
    if declared in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        found.labels.add(Label.ENCRYPTED)
    if tnef.is_tnef(declared, name):
        _take_tnef(name, declared, data, found)
    elif _is_body(leaf, declared, name):
        _take_body(leaf, declared, data, found)
    else:
        found.parts.append(_file(leaf, declared, name, data))


def _is_body(leaf: Message, declared: str, name: str) -> bool:
    return (
        declared in ("text/plain", "text/html")
        and leaf.get_content_disposition() != "attachment"
        and not name
    )


def _take_body(leaf: Message, declared: str, data: bytes, found: Content) -> None:
    words, labels = decode(data, _parameter(leaf, "charset"))
    found.labels |= labels
    bodies = found.htmls if declared == "text/html" else found.texts
    room = limits.TEXT_CHARACTERS - sum(map(len, bodies))
    if len(words) > room:
        found.labels.add(Label.TOO_LARGE)
        found.parts.append(part("body", declared, data))
    bodies.append(words[:room])


def _file(leaf: Message, declared: str, name: str, data: bytes) -> Part:
    content_id = next(iter(headers.raw(leaf, "Content-ID")), "").strip().strip("<>")
    return part(
        name,
        declared,
        data,
        content_id=one_line(content_id, 300) or None,
        inline=bool(content_id) and leaf.get_content_disposition() != "attachment",
    )


def _take_tnef(name: str, declared: str, data: bytes, found: Content) -> None:
    """The files in a winmail.dat, and the original beside them."""
    found.parts.append(part(name or "winmail.dat", declared, data))
    opened = tnef.opened(data)
    if opened is None:
        found.labels.add(Label.BROKEN_TNEF)
        return
    if opened.text and not found.texts:
        found.texts.append(opened.text)
    if opened.html and not found.htmls:
        found.htmls.append(opened.html)
    found.parts.extend(part(file, UNKNOWN, bytes_) for file, bytes_ in opened.files)


def _nested(leaf: Message) -> bytes:
    inner = leaf.get_payload() if leaf.is_multipart() else None
    whole = inner[0] if isinstance(inner, list) and inner else None
    if not isinstance(whole, email.message.Message):
        return _bytes_of(leaf)
    try:
        return whole.as_bytes()
    except Exception:
        return _bytes_of(whole)


def _bytes_of(node: Message) -> bytes:
    content = node.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _file_name(leaf: Message) -> tuple[str, set[Label]]:
    try:
        name = leaf.get_filename() or ""
    except Exception:
        return "unnamed", {Label.BROKEN_HEADER}
    words, labels = headers.decoded(name)
    return one_line(words.replace("/", "_").replace("\\", "_"), 200), labels


def _parameter(leaf: Message, name: str) -> str | None:
    try:
        value = leaf.get_param(name)
    except Exception:
        return None
    return value[2] if isinstance(value, tuple) else value
