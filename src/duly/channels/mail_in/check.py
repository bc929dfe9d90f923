"""Try a mailbox out step by step, so that its owner sees which step fails and what the server said."""

import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from imaplib import IMAP4

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from duly.channels.mail_in.imap import (
    Account,
    Cursor,
    Security,
    Unreachable,
    connected,
    hang_up,
    sign_in,
)

TIMEOUT_SECONDS = 10.0


class Step(StrEnum):
    """The steps, in order."""

    RESOLVE = "resolve"
    CONNECT = "connect"
    PROTECT = "protect"
    SIGN_IN = "sign_in"
    FOLDER = "folder"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Tried:
    """A step that was tried, with what the server said."""

    step: Step
    is_good: bool
    said: str


@dataclass(frozen=True, slots=True)
class Check:
    """The steps up to the first that failed, or the last that was wanted; `end` is behind the folder's last mail."""

    steps: tuple[Tried, ...]
    end: Cursor | None

    @property
    def is_good(self) -> bool:
        """Whether every step that was tried was good."""
        return all(one.is_good for one in self.steps)


def check(account: Account, *, last: Step = Step.COUNT) -> Check:
    """Walk the steps up to `last`; stop at the first that fails. Nothing at the server changes."""
    trial = _Trial(account)
    steps: list[Tried] = []
    try:
        for step, take in trial.steps():
            try:
                steps.append(Tried(step, True, take()))
            except (OSError, IMAP4.error, ImapToolsError, Unreachable) as trouble:
                steps.append(Tried(step, False, str(trouble)[:500]))
                break
            if step is last:
                break
    finally:
        trial.end()
    return Check(tuple(steps), trial.cursor)


class _Trial:
    def __init__(self, account: Account) -> None:
        self._account = account
        self._box: BaseMailBox | None = None
        self.cursor: Cursor | None = None

    def steps(self) -> Iterator[tuple[Step, Callable[[], str]]]:
        yield Step.RESOLVE, self._resolve
        yield Step.CONNECT, self._connect
        yield Step.PROTECT, self._protect
        yield Step.SIGN_IN, self._sign_in
        yield Step.FOLDER, self._open
        yield Step.COUNT, self._count

    def end(self) -> None:
        if self._box is not None:
            hang_up(self._box)

    def _resolve(self) -> str:
        found = socket.getaddrinfo(self._account.host, self._account.port, type=socket.SOCK_STREAM)
        return ", ".join(dict.fromkeys(str(one[4][0]) for one in found))

    def _connect(self) -> str:
        where = (self._account.host, self._account.port)
        with socket.create_connection(where, TIMEOUT_SECONDS) as reached:
            return "{}:{}".format(*reached.getpeername()[:2])

    def _protect(self) -> str:
        self._box = connected(self._account, TIMEOUT_SECONDS)
        if self._account.security is Security.NONE:
            return "none"
        wire = self._box.client.sock
        return str(wire.version()) if isinstance(wire, ssl.SSLSocket) else ""

    def _sign_in(self) -> str:
        sign_in(self._opened, self._account)
        return self._account.user

    def _open(self) -> str:
        self._opened.folder.set(self._account.folder, readonly=True)
        return self._account.folder

    def _count(self) -> str:
        wanted = ["MESSAGES", "UIDVALIDITY", "UIDNEXT"]
        status = self._opened.folder.status(self._account.folder, wanted)
        self.cursor = Cursor(int(status["UIDVALIDITY"]), int(status["UIDNEXT"]) - 1)
        return str(status["MESSAGES"])

    @property
    def _opened(self) -> BaseMailBox:
        assert self._box is not None, "the steps are taken in order"
        return self._box
