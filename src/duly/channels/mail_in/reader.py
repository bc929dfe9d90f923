"""Read mails in a limited process, so that no mail can harm or stop the desk."""

import json
import select
import subprocess
import sys
import threading
from dataclasses import replace
from time import monotonic
from typing import Any

from duly.channels.mail_in import child, limits
from duly.channels.mail_in.values import Address, Automatic, Bounce, Label, Mail, Part

UNREADABLE = Mail(
    message_id=None,
    in_reply_to=(),
    references=(),
    senders=(),
    reply_to=(),
    to=(),
    cc=(),
    delivered_to=(),
    subject="",
    sent_at=None,
    verdicts=(),
    text="",
    html=None,
    parts=(),
    automatic=None,
    bounce=None,
    labels=frozenset({Label.UNREADABLE, Label.NO_SENDER}),
)
"""A mail that took more time or memory than one mail may: kept raw, for a person to look at."""


class Reader:
    """One limited process, started when it is first needed and again when it died; use it as a context manager."""

    def __init__(self) -> None:
        """Nothing runs before the first mail."""
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def read(self, raw: bytes) -> Mail:
        """Read one mail; never raises for what the mail contains."""
        with self._lock:
            try:
                return self._read(raw)
            except (OSError, TimeoutError, EOFError):
                self.close()
                return UNREADABLE

    def close(self) -> None:
        """End the process; the next mail starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _read(self, raw: bytes) -> Mail:
        process = self._running()
        assert process.stdin is not None
        child.send(raw, process.stdin)
        deadline = monotonic() + limits.WALL_SECONDS
        frames = []
        while frame := self._frame(process, deadline):
            frames.append(frame)
        return _mail(frames)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", child.__name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        return self._process

    def _frame(self, process: subprocess.Popen[bytes], deadline: float) -> bytes:
        (length,) = child.LENGTH.unpack(_exactly(process, child.LENGTH.size, deadline))
        return _exactly(process, length, deadline)


def _exactly(process: subprocess.Popen[bytes], count: int, deadline: float) -> bytes:
    assert process.stdout is not None
    got = bytearray()
    while len(got) < count:
        ready, _, _ = select.select([process.stdout], [], [], max(0, deadline - monotonic()))
        if not ready:
            raise TimeoutError
        more = process.stdout.read(min(count - len(got), 1 << 20))
        if not more:
            raise EOFError
        got += more
    return bytes(got)


def _mail(frames: list[bytes]) -> Mail:
    if not frames:
        return UNREADABLE
    mail = _unpacked(frames[0])
    if len(frames) == 1:
        return replace(mail, labels=mail.labels | {Label.NOT_FOLDED})
    quote, signature = json.loads(frames[1])
    return replace(mail, folded_from=quote, signature_from=signature)


def _unpacked(frame: bytes) -> Mail:
    head, _, contents = frame.partition(b"\n")
    plain: dict[str, Any] = json.loads(head)
    for name in ("senders", "reply_to", "to", "cc"):
        plain[name] = tuple(Address(**one) for one in plain[name])
    for name in ("in_reply_to", "references", "delivered_to", "verdicts"):
        plain[name] = tuple(plain[name])
    plain["labels"] = frozenset(Label(one) for one in plain["labels"])
    plain["automatic"] = Automatic(plain["automatic"]) if plain["automatic"] else None
    plain["bounce"] = Bounce(**plain["bounce"]) if plain["bounce"] else None
    parts, start = [], 0
    for one in plain["parts"]:
        end = start + one["content"]
        parts.append(Part(**{**one, "content": contents[start:end]}))
        start = end
    return Mail(**{**plain, "parts": tuple(parts)})
