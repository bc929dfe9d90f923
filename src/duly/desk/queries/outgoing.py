"""Which way mail leaves and from whom: what the owner set, else what the installation names."""

from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import quote

from django.conf import settings

from duly.desk.access.actor import Actor
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.require import require
from duly.desk.mailroom.outgoing import OutgoingServer
from duly.desk.mailroom.settings import OutgoingSettings
from duly.desk.setup.sealing import opened

SCHEMES = {"tls": "smtps", "starttls": "smtp+starttls", "none": "smtp+plain"}


@dataclass(frozen=True, slots=True)
class Sender:
    """From whom mail comes; what is empty is not set."""

    address: str = ""
    name: str = ""

    def called(self, name: str = "") -> str:
        """The header: the name set for mail, else the one given, else the installation's."""
        own, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
        quoted = (self.name or name or own).replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{self.address or address}>'


UNSET = Sender()


@dataclass(frozen=True, slots=True)
class WayOut:
    """A mail URL, with the password in it: for sending only."""

    url: str
    sender: Sender = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings(OutgoingSettings):
    """What is set, and whether a password or key and an address for reports go with it."""

    has_password: bool = False
    has_report_address: bool = False


@dataclass(frozen=True, slots=True)
class Reporting:
    """Who reports, with our secret in the address."""

    provider: str
    secret: str = field(repr=False)


def way_out() -> WayOut:
    """Read it. One statement.

    Raises:
        NotPossible: the password was sealed with another key.
    """
    row = OutgoingServer.objects.first()
    if row is None:
        return WayOut(settings.DULY_MAIL_URL)
    url = _url(row) if row.provider or row.host else settings.DULY_MAIL_URL
    return WayOut(url, Sender(row.from_address, row.from_name))


def sender() -> Sender:
    """From whom letters come, without the password. One statement."""
    row = OutgoingServer.objects.values_list("from_address", "from_name").first()
    return Sender(*row) if row else UNSET


def server_settings(actor: Actor) -> ServerSettings:
    """What is set, for its form.

    Raises:
        NotFound: the actor may not.
    """
    require(may_manage_mailboxes(actor))
    row = OutgoingServer.objects.first() or OutgoingServer()
    return ServerSettings(
        provider=row.provider,
        api_url=row.api_url,
        host=row.host,
        port=row.port,
        security=row.security,
        user=row.user,
        from_address=row.from_address,
        from_name=row.from_name,
        has_password=bool(row.secret),
        has_report_address=bool(row.report_secret),
    )


def reporting() -> Reporting | None:
    """How the provider of outgoing mail reports, if it has an address for that. Whoever posts is let in by the secret.

    Raises:
        NotPossible: the secret was sealed with another key.
    """
    row = OutgoingServer.objects.exclude(provider="").first()
    if row is None or not row.report_secret:
        return None
    return Reporting(row.provider, opened(bytes(row.report_secret)))


def _url(row: OutgoingServer) -> str:
    who = quote(row.user, safe="")
    if row.secret:
        who += ":" + quote(opened(bytes(row.secret)), safe="")
    if row.provider:
        return f"{row.provider}://{who}@{row.api_url.partition('://')[2]}"
    host = f"[{row.host}]" if ":" in row.host else row.host
    return f"{SCHEMES[row.security]}://{who + '@' if who else ''}{host}:{row.port}"
