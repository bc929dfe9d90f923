"""What an owner sets for mail in and out, as plain values; passwords travel apart."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingSettings:
    """The server or provider that takes mail, and the sender; no host leaves the server to the installation.

    With a provider, `user` is the name of an account there, where it has one.
    """

    provider: str = ""
    api_url: str = ""
    host: str = ""
    port: int = 587
    security: str = "starttls"
    user: str = ""
    from_address: str = ""
    from_name: str = ""
