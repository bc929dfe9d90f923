"""Mails put together part by part from a seed, then damaged by their structure, as gateways and attackers do."""

import base64
import quopri
import random
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TypeAlias

Dice: TypeAlias = random.Random

CHARSETS = (
    b"utf-8 us-ascii iso-8859-1 iso-8859-15 windows-1252 utf-16 utf-7 iso-2022-jp gb18030 koi8-r cp437 big5 euc-kr "
    b"shift_jis unicode_escape raw_unicode_escape idna punycode rot13 hex zlib base64 undefined mbcs x-unknown "
    b"utf-8\xff u\x00tf-8 'utf-8' utf8mb4 0 -1 binary 8bit ansi default"
).split(b" ")
ENCODINGS = (
    b"7bit 8bit binary base64 quoted-printable x-uuencode uuencode x-uue BASE64 base-64 gzip b\xff"
).split(b" ")
TYPES = (
    b"text/plain text/html text/calendar text/csv text/enriched text/rfc822-headers image/png image/svg+xml "
    b"application/pdf application/octet-stream application/ms-tnef application/pkcs7-mime application/pgp-encrypted "
    b"message/rfc822 message/delivery-status message/partial message/external-body message/disposition-notification "
    b"multipart/mixed multipart/alternative multipart/related multipart/report multipart/signed multipart/encrypted "
    b"multipart/appledouble multipart/digest multipart / text text/ /plain text/plain;;; */*"
).split(b" ")
NAMES = (
    b"From To Cc Bcc Reply-To Sender Subject Date Message-ID In-Reply-To References Received Return-Path Delivered-To "
    b"Authentication-Results Auto-Submitted Precedence List-Id Content-Type Content-Disposition Content-ID X-Autoreply "
    b"Content-Transfer-Encoding MIME-Version X-Original-To Content-Language Content-Location Resent-From"
).split(b" ")
ADDRESSES = (
    b"Ann <ann@customer.example>",
    b"ann@customer.example",
    b"=?utf-8?q?B=C3=B6b?= <bob@elsewhere.example>",
    b'"a, b" <a@b.example>, <c@d.example>',
    b"<@relay.example:x@y.example>",
    b"group: a@b.example, c@d.example;",
    b"a@[127.0.0.1]",
    b"a@b@c.example",
    b'"\xff\xfe" <x@y.example>',
    b"=?utf-8?b?YUBiLmV4YW1wbGU=?=",
    b"(((((((((a)))))))))@b.example",
    b"<>",
    b"",
    b"mailer-daemon@mx.example",
    b"\xc3\xbc@\xc3\xbc.example",
)
WORDS = (
    b"It stops.",
    b"On Mon, 26 Oct 2026, Desk <d@v.example> wrote:\n> ok\n> > earlier",
    b"-- \nAnn",
    b"=?utf-8?q?Gr=C3=BC=C3=9Fe?= =?utf-8?b?w7w=?=",
    b"=?utf-8?b?####?= =?x?q?=ZZ?= =?utf-8?q?=?=",
    b"\x00\x01\x1b[2J\x7f\x85",
    b"\xf0\x9f\x98\x80 \xed\xa0\x80 \xff\xfe",
    "\u202e gnp.exe \ufeff\u2028".encode(),
    b"<p>hi <b>there</b><blockquote type=cite>old</blockquote><img src=cid:x>",
    b"<" * 500,
    b"begin 644 x\n#86%A\n`\nend\n",
    b"a" * 5000,
    b"> " * 2000,
    b"\r\r\n\n\r",
    b"From ann Mon Oct 26\n",
)
LARGEST = 2_500_000
"""Bytes: beyond the limit of a text, and many to the minute."""


@dataclass
class Node:
    """A part: headers as they stand, and either bytes or parts with a boundary between them.

    `gap` stands between headers and body, `extra` are lines among the headers that are none.
    """

    headers: list[tuple[bytes, bytes]]
    body: "bytes | list[Node]"
    boundary: bytes = b""
    ends: bool = True
    newline: bytes = b"\r\n"
    gap: bytes = b"\r\n"
    extra: list[bytes] = field(default_factory=list)


def mail(seed: int) -> bytes:
    """The mail of a seed: grown, damaged, written."""
    dice = Dice(seed)
    node = _grown(dice, 0)
    node.headers = [*_envelope(dice), *node.headers]
    for _ in range(dice.choice((0, 1, 1, 2, 3, 5, 8, 13))):
        dice.choice(DAMAGES)(_some(node, dice), dice)
    raw = written(node)
    for _ in range(dice.choice((0, 0, 0, 1, 3))):
        raw = _cut(raw, dice)
    return raw


def written(node: Node) -> bytes:
    """A part as bytes."""
    lines = [name + b": " + value for name, value in node.headers] + node.extra
    head = node.newline.join(lines) + node.newline + node.gap
    if isinstance(node.body, bytes):
        return head + node.body
    between = node.newline + b"--" + node.boundary
    inner = b"".join(between + node.newline + written(part) for part in node.body)
    return head + inner + (between + b"--" + node.newline if node.ends else b"")


def _envelope(dice: Dice) -> list[tuple[bytes, bytes]]:
    known = [
        (b"From", dice.choice((*ADDRESSES[:2] * 8, *ADDRESSES))),
        (b"To", b"desk+" + b"a" * dice.choice((5, 45)) + b"@vendor.example"),
        (b"Subject", dice.choice(WORDS).replace(b"\n", b" ")),
        (
            b"Message-ID",
            dice.choice((b"<1@customer.example>", b"<[1]>", b"1", b"<\xff@x>", b"<a b>")),
        ),
        (
            b"Date",
            dice.choice((b"Mon, 26 Oct 2026 16:00:00 +0100", b"32 Foo 99999", b"0", b"\xff")),
        ),
        (b"Authentication-Results", b"mx.vendor.example; dmarc=pass header.from=customer.example"),
    ]
    return [one for one in known if dice.random() < 0.9]


def _grown(dice: Dice, depth: int) -> Node:
    if depth < 4 and dice.random() < 0.45:
        return _several(dice, depth)
    if depth < 4 and dice.random() < 0.1:
        inner = _grown(dice, depth + 1)
        inner.headers = [*_envelope(dice), *inner.headers]
        return Node([(b"Content-Type", b"message/rfc822")], written(inner))
    return _leaf(dice)


def _several(dice: Dice, depth: int) -> Node:
    boundary = b"b%d-%d" % (depth, dice.randrange(10**6))
    kind = dice.choice(
        (b"mixed", b"alternative", b"related", b"report", b"signed", b"encrypted", b"digest")
    )
    more = b"; report-type=delivery-status" if kind == b"report" else b""
    head = b"multipart/" + kind + more + b'; boundary="' + boundary + b'"'
    parts = [_grown(dice, depth + 1) for _ in range(dice.randint(1, 4))]
    return Node([(b"Content-Type", head)], parts, boundary)


def _leaf(dice: Dice) -> Node:
    content = b"\n".join(dice.choice(WORDS) for _ in range(dice.randint(1, 3)))
    kind = dice.choice((b"text/plain", b"text/plain", b"text/html", *TYPES[:16]))
    headers = [(b"Content-Type", kind + b"; charset=" + dice.choice(CHARSETS))]
    match dice.randrange(4):
        case 0:
            content = base64.encodebytes(content)
            headers.append((b"Content-Transfer-Encoding", b"base64"))
        case 1:
            content = quopri.encodestring(content)
            headers.append((b"Content-Transfer-Encoding", b"quoted-printable"))
        case 2:
            name = dice.choice(
                (b'"a.txt"', b"a\xff.pdf", b"*0*=utf-8''%41; filename*1=b", b'"../../x"')
            )
            headers.append((b"Content-Disposition", b"attachment; filename=" + name))
    if dice.random() < 0.2:
        headers.append((b"Content-ID", dice.choice((b"<x>", b"x", b"<\xff>", b""))))
    return Node(headers, content)


def _some(node: Node, dice: Dice) -> Node:
    """The part itself, or one within it."""
    while isinstance(node.body, list) and node.body and dice.random() < 0.6:
        node = dice.choice(node.body)
    return node


def _drop_header(node: Node, dice: Dice) -> None:
    if node.headers:
        node.headers.pop(dice.randrange(len(node.headers)))


def _double_header(node: Node, dice: Dice) -> None:
    if node.headers:
        node.headers.insert(0, dice.choice(node.headers))


def _strange_header(node: Node, dice: Dice) -> None:
    value = dice.choice(
        (*ADDRESSES, *WORDS, *TYPES, b"\r\n folded\r\n\tmore", b"x" * 70_000, b"\x00")
    )
    node.headers.insert(dice.randint(0, len(node.headers)), (dice.choice(NAMES), value))


def _broken_header(node: Node, dice: Dice) -> None:
    node.extra.append(
        dice.choice(
            (b"no colon here", b": no name", b"Na me: x", b"\xff: x", b"", b" lone", b"A:" * 50)
        )
    )


def _many_headers(node: Node, dice: Dice) -> None:
    name = dice.choice(NAMES)
    node.headers += [
        (name, b"<%d@x.example>" % number) for number in range(dice.choice((50, 2500)))
    ]


def _other_type(node: Node, dice: Dice) -> None:
    kept = [pair for pair in node.headers if pair[0] != b"Content-Type"]
    boundary = dice.choice(
        (b"; boundary=" + node.boundary, b"; boundary=", b"; boundary=x; boundary=y", b"")
    )
    charset = b"; charset=" + dice.choice(CHARSETS)
    odd = dice.choice((b"", b"; name*0*=utf-8'en'%FF; name*1=x", b"; =; ;", b'; x="'))
    node.headers = [*kept, (b"Content-Type", dice.choice(TYPES) + boundary + charset + odd)]


def _other_encoding(node: Node, dice: Dice) -> None:
    kept = [pair for pair in node.headers if pair[0] != b"Content-Transfer-Encoding"]
    node.headers = [*kept, (b"Content-Transfer-Encoding", dice.choice(ENCODINGS))]


def _other_boundary(node: Node, dice: Dice) -> None:
    node.boundary = dice.choice((b"", b"-", b"--", b"a" * 300, b"(.*)+", b"\xff", b"a b ", b"b0-1"))


def _no_end(node: Node, _dice: Dice) -> None:
    node.ends = False


def _no_gap(node: Node, dice: Dice) -> None:
    node.gap = dice.choice((b"", b"\n", b"\r", b" \r\n"))


def _other_newline(node: Node, dice: Dice) -> None:
    node.newline = dice.choice((b"\n", b"\r", b"\r\r\n", b"\n\r"))


def _deeper(node: Node, dice: Dice) -> None:
    inner = Node(list(node.headers), node.body, node.boundary)
    for level in range(dice.choice((3, 30, 60, 300))):
        mark = b"d%d" % level
        if dice.random() < 0.2:
            inner = Node([(b"Content-Type", b"message/rfc822")], written(inner))
        else:
            inner = Node([(b"Content-Type", b"multipart/mixed; boundary=" + mark)], [inner], mark)
    node.headers, node.body, node.boundary = inner.headers, inner.body, inner.boundary


def _more_parts(node: Node, dice: Dice) -> None:
    if isinstance(node.body, list) and node.body:
        again = dice.choice(node.body)
        many = min(dice.choice((2, 20, 1500)), LARGEST // (len(written(again)) + 1))
        # Each a part of its own: one damaged later would be damaged in all its places, to gigabytes.
        node.body += [deepcopy(again) for _ in range(many)]


def _swapped_parts(node: Node, dice: Dice) -> None:
    if isinstance(node.body, list):
        dice.shuffle(node.body)


def _within_itself(node: Node, dice: Dice) -> None:
    if isinstance(node.body, list) and node.body and len(written(node)) < LARGEST:
        node.body.insert(dice.randint(0, len(node.body)), deepcopy(node))


def _longer(node: Node, dice: Dice) -> None:
    if isinstance(node.body, bytes):
        node.body = (node.body + dice.choice(WORDS)) * dice.choice((10, 100, 1000))
        node.body = node.body[:LARGEST]


def _other_bytes(node: Node, dice: Dice) -> None:
    if isinstance(node.body, bytes):
        content = bytearray(node.body)
        for _ in range(min(len(content), dice.choice((1, 10, 200)))):
            content[dice.randrange(len(content))] = dice.randrange(256)
        node.body = bytes(content)


def _cut(raw: bytes, dice: Dice) -> bytes:
    if not raw:
        return raw
    at = dice.randrange(len(raw))
    match dice.randrange(3):
        case 0:
            return raw[:at]
        case 1:
            return raw[:at] + raw[min(len(raw), at + dice.randint(1, 200)) :]
        case _:
            return (
                raw[:at] + bytes(dice.randrange(256) for _ in range(dice.randint(1, 40))) + raw[at:]
            )


DAMAGES: tuple[Callable[[Node, Dice], None], ...] = (
    _drop_header,
    _double_header,
    _strange_header,
    _strange_header,
    _broken_header,
    _many_headers,
    _other_type,
    _other_type,
    _other_encoding,
    _other_boundary,
    _no_end,
    _no_gap,
    _other_newline,
    _deeper,
    _more_parts,
    _swapped_parts,
    _within_itself,
    _longer,
    _other_bytes,
)
