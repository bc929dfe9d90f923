"""A posted form as its bytes: mails in it are not decoded, and may be as large as a mail may be."""

from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from urllib.parse import parse_qsl

MOST_FIELDS = 2000


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form; a file where it has a file's name."""

    name: str
    content: bytes
    file_name: str | None = None
    media_type: str = "text/plain"


def fields(body: bytes, content_type: str) -> list[Field]:
    """The fields in order; none where it is no form.

    Raises:
        ValueError: there are too many of them.
    """
    head = message_from_bytes(b"Content-Type: " + content_type.encode("latin-1", "replace"))
    if head.get_content_type() == "application/x-www-form-urlencoded":
        return _encoded(body)
    boundary = head.get_boundary()
    if head.get_content_type() != "multipart/form-data" or not boundary:
        return []
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary.encode("latin-1", "replace"))
    if len(parts) > MOST_FIELDS:
        raise ValueError("too many fields")
    return [_part(part) for part in parts[1:-1]]


def _encoded(body: bytes) -> list[Field]:
    pairs = parse_qsl(
        body.decode("latin-1"),
        keep_blank_values=True,
        errors="surrogateescape",
        max_num_fields=MOST_FIELDS,
    )
    return [Field(name, value.encode("utf-8", "surrogateescape")) for name, value in pairs]


def _part(part: bytes) -> Field:
    """One part of a form in several (RFC 7578)."""
    lines, _, content = part.partition(b"\r\n\r\n")
    head = message_from_bytes(lines.lstrip())
    return Field(
        name=_parameter(head, "name") or "",
        content=content,
        file_name=_parameter(head, "filename"),
        media_type=head.get_content_type(),
    )


def _parameter(head: Message, name: str) -> str | None:
    value = head.get_param(name, header="content-disposition")
    return value if isinstance(value, str) else None
