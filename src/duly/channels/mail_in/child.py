"""The limited process that reads mails: whatever a mail does to its reader, it does it here and only to itself.

A server process forks once a mail. The fork sets its limits, reads, writes two frames and ends; if it dies between the
frames, the mail is known and only its quotes are not folded. Frames are JSON with the files' bytes behind: nothing that
could run code in the desk comes back.
"""

import gc
import json
import os
import resource
import struct
import sys
from dataclasses import asdict, replace
from typing import IO, Any

from duly.channels.mail_in import limits
from duly.channels.mail_in.quotes import fold
from duly.channels.mail_in.reading import read
from duly.channels.mail_in.values import Mail

LENGTH = struct.Struct(">Q")
WARMING = (
    b"From: =?utf-8?q?A?= <a@b.example>\r\nDate: Mon, 26 Oct 2026 16:00:00 +0100\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=windows-1252\r\n\r\n"
    b"<p>a</p>\r\n--x\r\n\r\nOn Monday the desk wrote:\r\n> a\r\n--x\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n"
    b"--x--\r\n"
)
"""A usual mail; what it needs is loaded before the first fork."""


def main() -> None:
    """Serve mails from standard input until it ends."""
    _warm_up()
    while (raw := receive(sys.stdin.buffer)) is not None:
        pid = os.fork()
        if pid == 0:
            _limit()
            _answer(raw, sys.stdout.buffer)
            os._exit(0)
        os.waitpid(pid, 0)
        send(b"", sys.stdout.buffer)


def _warm_up() -> None:
    """Do once what every fork would do again: compile patterns, load codecs, and leave what is there untouched."""
    mail = read(WARMING)
    packed(mail)
    fold(mail.text)
    gc.collect()
    gc.freeze()


def receive(stream: IO[bytes]) -> bytes | None:
    """One frame, or None where the stream ends."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def send(frame: bytes, stream: IO[bytes]) -> None:
    """Write one frame; an empty one says that this mail is done."""
    stream.write(LENGTH.pack(len(frame)) + frame)
    stream.flush()


def packed(mail: Mail) -> bytes:
    """A mail as a frame: a line of JSON, then the bytes of its files."""
    plain: dict[str, Any] = asdict(replace(mail, parts=()))
    plain["labels"] = sorted(mail.labels)
    plain["parts"] = [
        {**asdict(replace(part, content=b"")), "content": len(part.content)} for part in mail.parts
    ]
    return json.dumps(plain).encode() + b"\n" + b"".join(part.content for part in mail.parts)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CPU_SECONDS, limits.CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":  # macOS refuses to limit address space
        resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY_BYTES, limits.MEMORY_BYTES))


def _answer(raw: bytes, stream: IO[bytes]) -> None:
    try:
        mail = read(raw)
        send(packed(mail), stream)
        found = fold(mail.text)
        send(json.dumps([found.quote, found.signature]).encode(), stream)
    except BaseException:
        os._exit(1)


if __name__ == "__main__":
    main()
