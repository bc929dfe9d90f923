"""SMTP connections that repeat what is said over them, passwords aside, for whoever sets mail up."""

import smtplib
from collections.abc import Callable
from typing import Any

Hears = Callable[[str], None]


class Heard(smtplib.SMTP):
    """Tells each line: `>` is ours, `<` the server's. What follows AUTH is not told until the server is content."""

    def __init__(self, hears: Hears, *given: Any, **named: Any) -> None:
        self._hears = hears
        self._is_secret = False
        super().__init__(*given, **named)

    def putcmd(self, cmd: str, args: str = "") -> None:
        """Say a command."""
        self._is_secret = self._is_secret or cmd.upper() == "AUTH"
        self._hears("> AUTH …" if self._is_secret else f"> {cmd} {args}".rstrip())
        super().putcmd(cmd, args)

    def getreply(self) -> tuple[int, bytes]:
        """Hear an answer."""
        code, said = super().getreply()
        self._is_secret = self._is_secret and code == 334  # RFC 4954: the exchange goes on
        for line in said.decode("utf-8", "replace").splitlines() or [""]:
            self._hears(f"< {code} {line}".rstrip())
        return code, said


class HeardTls(Heard, smtplib.SMTP_SSL):
    """The same over a connection that is encrypted from the first byte."""
