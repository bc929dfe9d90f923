"""Letters as mails: words, times in the reader's zone, and headers that keep a ticket's mails together."""

from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, PackageLoader, StrictUndefined

from duly.channels import wall_clock
from duly.channels.mail_in.quotes import DELIMITER
from duly.channels.mail_out.message import Mail
from duly.desk.mailroom.letter import About, Letter, Reader

_environment = Environment(  # noqa: S701 - plain text has nothing to escape
    loader=PackageLoader("duly.worker", "letters"),
    undefined=StrictUndefined,
    extensions=["jinja2.ext.i18n"],
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.install_gettext_callables(  # type: ignore[attr-defined]
    translation.gettext, translation.ngettext, newstyle=True
)


def mail_of(letter: Letter) -> Mail:
    """Write a letter as the mail that its reader gets."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    with translation.override(letter.reader.language):
        words: dict[str, Any] = {
            "letter": letter,
            "cut": DELIMITER,
            "exact": _exact(letter.reader),
            "address": _address(letter.reader),
        }
        subject = _environment.get_template("subject.txt").render(words)
        text = _environment.get_template("letter.txt").render(words)
    thread = [] if letter.is_summary else [_thread(letter.about[0], domain)]
    return Mail(
        sender=settings.DEFAULT_FROM_EMAIL,
        to=f'"{_quoted(letter.reader.name)}" <{letter.reader.email}>',
        subject=" ".join(subject.split()),
        text=text,
        message_id=f"<{letter.message_id}@{domain}>",
        in_reply_to=thread[0] if thread else None,
        references=tuple(thread),
        date=wall_clock.now(),
        headers=_headers(letter),
    )


def _headers(letter: Letter) -> dict[str, str]:
    headers = {"Auto-Submitted": "auto-generated"}  # RFC 3834: nobody's absence note answers it
    if letter.reply_to:
        headers["Reply-To"] = letter.reply_to
    return headers


def _exact(reader: Reader) -> Callable[[datetime], str]:
    zone = ZoneInfo(reader.zone)

    def exact(at: datetime) -> str:
        pattern = "EEEE d MMMM y, HH:mm zzz"
        return format_datetime(at, pattern, tzinfo=zone, locale=reader.language.replace("-", "_"))

    return exact


def _address(reader: Reader) -> Callable[[About], str]:
    page = "agent:ticket" if reader.is_agent else "portal:ticket"
    return lambda about: settings.DULY_URL + reverse(page, args=[about.number])


def _thread(about: About, domain: str) -> str:
    return f"<ticket-{about.number}@{domain}>"


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')
