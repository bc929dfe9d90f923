"""What an owner sets for a mailbox, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxSettings:
    """An address and the way in which its mail gets here; the password travels apart from it."""

    address: str
    name: str
    kind: str
    host: str = ""
    port: int = 993
    provider: str = ""
    user: str = ""
    security: str = "tls"
    folder: str = "INBOX"
    afterwards: str = "keep"
    team_id: int | None = None
    takes_strangers: bool = True
    is_active: bool = True
