"""Send one mail and write down all that both servers say, so that whoever sets mail up sees where it fails."""

from dataclasses import dataclass, replace

from duly.channels.mail_out.failure import Undeliverable
from duly.channels.mail_out.message import Mail, compose
from duly.channels.mail_out.provider_api import ProviderApi
from duly.channels.mail_out.route import route
from duly.channels.mail_out.smtp import SmtpServer


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said, line by line. `problem` is empty when the mail was taken."""

    lines: tuple[str, ...]
    problem: str


def conversation(url: str, mail: Mail) -> Conversation:
    """Send a mail the way that a URL says; never raises for what the server answers."""
    lines: list[str] = []
    way = route(url)
    if isinstance(way, SmtpServer | ProviderApi):
        way = replace(way, hears=lines.append)
    try:
        way.send(compose(mail))
    except Undeliverable as failure:
        return Conversation(tuple(lines), failure.reason)
    return Conversation(tuple(lines), "")
