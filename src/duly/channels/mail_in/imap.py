"""Fetch mails from an IMAP folder: by number, one at a time, and nothing at the server changes before we are told to.

Flags are no cursor: other programs and people set them. The cursor is UIDVALIDITY and the highest UID that was kept.
"""

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from imaplib import IMAP4
from typing import Any

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError

from duly.channels.mail_in import limits

TIMEOUT_SECONDS = 30


class Security(StrEnum):
    """How the connection is protected. `none` is for a server on the same machine."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class Afterwards(StrEnum):
    """What becomes of a mail at the server once we have kept it."""

    KEEP = "keep"
    MOVE = "move"
    DELETE = "delete"


class Unreachable(Exception):
    """The server could not be used; the message is for the owner of the mailbox. Trying later may help."""


class SignInRefused(Unreachable):
    """The server does not take the password or the token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where mails are fetched. `token` is an OAuth2 access token and stands in for the password."""

    host: str
    port: int
    user: str
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    security: Security = Security.TLS
    folder: str = "INBOX"
    afterwards: Afterwards = Afterwards.KEEP
    kept_folder: str = "Archive"


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a folder was read. UIDs of another validity say nothing about this one."""

    validity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """A mail as the server holds it. `cut`: it is beyond the limit and only its beginning was fetched."""

    at: Cursor
    raw: bytes
    cut: bool


class Folder:
    """A folder that is open at the server; use it as a context manager."""

    def __init__(self, account: Account) -> None:
        """Connect, sign in and open the folder.

        Raises:
            Unreachable: no connection, no sign-in, or no such folder.
        """
        self._account = account
        with _reaching(account):
            self._box = _signed_in(account)
            self.validity = self._validity()

    def __enter__(self) -> "Folder":
        return self

    def __exit__(self, *error: object) -> None:
        with suppress(OSError, IMAP4.error, ImapToolsError):  # gone is what we want
            self._box.logout()
        hang_up(self._box)

    def new(self, cursor: Cursor | None) -> Iterator[Fetched]:
        """Mails after the cursor, oldest first; all of them when the server has renumbered its folder.

        Raises:
            Unreachable: the server went away; what was yielded before stays good.
        """
        after = cursor.uid if cursor and cursor.validity == self.validity else 0
        yield from self.fetch(self.present(after))

    def fetch(self, uids: Iterable[int]) -> Iterator[Fetched]:
        """Mails by their numbers; those that somebody took away meanwhile are left out.

        Raises:
            Unreachable: the server went away; what was yielded before stays good.
        """
        return filter(None, map(self._fetch, uids))

    def end(self) -> int:
        """The number that the next mail to arrive will get, or a lower one that no mail has.

        Raises:
            Unreachable: the server went away.
        """
        with _reaching(self._account):
            status = self._box.folder.status(self._account.folder, ["UIDNEXT"])
        return int(status["UIDNEXT"])

    def present(self, after: int) -> list[int]:
        """The numbers after one under which there is a mail now, ascending.

        Raises:
            Unreachable: the server went away.
        """
        with _reaching(self._account):
            # A server may list only what it has announced, and announce it with the list: IDLE does not repeat that.
            self._box.client.noop()
            # `n:*` always holds the last mail, even when its number is below n.
            found = self._box.uids(f"UID {after + 1}:*")
        return sorted(uid for uid in map(int, found) if uid > after)

    def settle(self, uid: int) -> None:
        """Move or delete a mail, as the account says. Call it only when the mail is kept for good.

        Raises:
            Unreachable: the server went away; the mail is still in the folder, settle it again.
        """
        with _reaching(self._account):
            match self._account.afterwards:
                case Afterwards.MOVE:
                    self._ensure(self._account.kept_folder)
                    self._box.move(str(uid), self._account.kept_folder)
                case Afterwards.DELETE:
                    self._box.delete(str(uid))
                case Afterwards.KEEP:
                    pass

    def wait(self, seconds: float) -> None:
        """Return when the server says that something arrived, or after so many seconds.

        Raises:
            Unreachable: the server went away.
        """
        with _reaching(self._account):
            self._box.idle.wait(timeout=seconds)

    def _ensure(self, folder: str) -> None:
        if not self._box.folder.exists(folder):
            self._box.folder.create(folder)

    def _validity(self) -> int:
        status = self._box.folder.status(self._account.folder, ["UIDVALIDITY"])
        return int(status["UIDVALIDITY"])

    def _fetch(self, uid: int) -> Fetched | None:
        with _reaching(self._account):
            size = self._size(uid)
            if size is None:
                return None  # somebody took it away between the listing and now
            cut = size > limits.BYTES
            raw = self._section(
                uid, f"BODY.PEEK[]<0.{limits.HEADER_BYTES}>" if cut else "BODY.PEEK[]"
            )
        return None if raw is None else Fetched(Cursor(self.validity, uid), raw, cut)

    def _size(self, uid: int) -> int | None:
        _, data = self._box.client.uid("FETCH", str(uid), "(RFC822.SIZE)")
        line = next((item for item in data if isinstance(item, bytes)), b"")
        _, found, rest = line.partition(b"RFC822.SIZE ")
        return int(rest.split(b")")[0].split()[0]) if found else None

    def _section(self, uid: int, section: str) -> bytes | None:
        _, data = self._box.client.uid("FETCH", str(uid), f"({section})")
        parts: list[Any] = [item for item in data if isinstance(item, tuple)]
        return bytes(parts[0][1]) if parts else None


@contextmanager
def _reaching(account: Account) -> Iterator[None]:
    """Whatever goes wrong at the server is `Unreachable` to those above."""
    try:
        yield
    except (OSError, IMAP4.error, ImapToolsError) as error:
        where = f"{account.user} at {account.host}:{account.port}, folder {account.folder}"
        raise Unreachable(f"{where}: {error}") from error


def _signed_in(account: Account) -> BaseMailBox:
    box = connected(account)
    try:
        sign_in(box, account)
        box.folder.set(account.folder)
    except BaseException:
        hang_up(box)
        raise
    return box


def sign_in(box: BaseMailBox, account: Account) -> None:
    """Sign in; no folder is open yet.

    Raises:
        SignInRefused: the server says no, which is not the same as saying nothing.
    """
    try:
        if account.token:
            box.xoauth2(account.user, account.token, None)
        else:
            box.login(account.user, account.password, None)
    except IMAP4.abort:
        raise
    except (IMAP4.error, MailboxLoginError) as refused:
        raise SignInRefused(f"{account.user} at {account.host}: {refused}") from refused


def connected(account: Account, timeout: float = TIMEOUT_SECONDS) -> BaseMailBox:
    """Connect as securely as the account says; a server that cannot prove its name is none of ours."""
    if account.security is Security.TLS:
        context = ssl.create_default_context()  # imaplib's own default checks no certificate
        return MailBox(account.host, account.port, timeout=timeout, ssl_context=context)
    box = MailBoxUnencrypted(account.host, account.port, timeout=timeout)
    if account.security is Security.STARTTLS:
        try:
            box.client.starttls(ssl.create_default_context())
        except BaseException:
            hang_up(box)
            raise
    return box


def hang_up(box: BaseMailBox) -> None:
    """Close the connection itself: after an error imaplib leaves it open."""
    with suppress(OSError):
        box.client.shutdown()
