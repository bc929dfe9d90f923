"""Which way mail leaves: read from one URL."""

from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from duly.channels.mail_out.provider_api import ProviderApi
from duly.channels.mail_out.providers import PROVIDERS
from duly.channels.mail_out.sink import Sink
from duly.channels.mail_out.smtp import LOOPBACK, SmtpServer

PORTS = {"smtp": 587, "smtps": 465, "smtp+starttls": 587, "smtp+plain": 25}
STARTTLS = {"smtp+starttls": True, "smtp+plain": False}


class Route(Protocol):
    """Something that takes a message or says why not."""

    def send(self, message: EmailMessage) -> None:
        """Hand over one message.

        Raises:
            Undeliverable: it was not taken.
        """
        ...


def route(url: str) -> Route:
    """Read `smtp://user:password@host:587`, `smtps://host`, `postmark://:key@`, or `sink:FOLDER`.

    `smtp+starttls` refuses a server that offers no encryption; `smtp+plain` never asks for it. With a provider's word
    (`mailgun://:key@api.eu.mailgun.net/v3`) stands its API where it has several, spoken to over TLS unless it is here.

    Raises:
        ValueError: it is none of these.
    """
    scheme, _, rest = url.partition(":")
    if scheme == "sink" and rest:
        return Sink(Path(rest))
    parts = urlsplit(url)
    if scheme in PROVIDERS:
        return _provider(parts)
    if scheme not in PORTS or not parts.hostname:
        raise ValueError(
            "a mail URL looks like smtp://user:password@host:587, smtps://host, postmark://:key@ or sink:FOLDER"
        )
    return SmtpServer(
        host=parts.hostname,
        port=parts.port or PORTS[scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls_first=scheme == "smtps",
        starttls=STARTTLS.get(scheme),
    )


def _provider(parts: SplitResult) -> ProviderApi:
    known, account, key = PROVIDERS[parts.scheme], parts.username or "", parts.password or ""
    if not key or bool(account) != known.takes_account:
        wanted = "account:key" if known.takes_account else ":key"
        raise ValueError(f"a mail URL of {known.name} looks like {parts.scheme}://{wanted}@")
    if known.needs_url and not parts.hostname:
        raise ValueError(f"a mail URL of {known.name} ends with the server of its API")
    where = parts.netloc.rpartition("@")[2] + parts.path
    protection = "http" if parts.hostname in LOOPBACK else "https"
    return ProviderApi(
        provider=parts.scheme,
        account=unquote(account),
        key=unquote(key),
        url=f"{protection}://{where}" if parts.hostname else "",
    )
