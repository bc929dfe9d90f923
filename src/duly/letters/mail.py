"""Letters as mails: words, times in the reader's zone, and headers that keep a ticket's mails together."""

from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, PackageLoader, StrictUndefined

from duly.channels import wall_clock
from duly.channels.mail_in.quotes import DELIMITER
from duly.channels.mail_out.message import Enclosed, Mail
from duly.channels.sanitise import sanitised
from duly.desk.agreements.say import target_words
from duly.desk.mailroom.letter import About, Letter, LetterFile, Reader, Trouble
from duly.desk.queries.brand import DULY, DULYS_OWN, Brand
from duly.desk.queries.outgoing import UNSET, Sender


def _environment(*, autoescape: bool) -> Environment:
    made = Environment(
        loader=PackageLoader("duly.letters", "templates"),
        autoescape=autoescape,  # noqa: S701 - plain text has nothing to escape
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True
    )
    made.filters["target"] = target_words
    return made


# Two, because a macro escapes as the environment does that read it, whoever calls it.
_plain, _html = _environment(autoescape=False), _environment(autoescape=True)


def mail_of(letter: Letter, look: Brand = DULYS_OWN, sender: Sender = UNSET) -> Mail:
    """Write a letter as the mail that its reader gets, from the sender who is set or as the desk is branded."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    with translation.override(letter.reader.language):
        words: dict[str, Any] = {
            "letter": letter,
            "brand": look,
            "cut": DELIMITER,
            "exact": _exact(letter.reader),
            "address": _address(letter.reader),
            "rating": _rating,
            "mailbox": _mailbox,
        }
        subject = _plain.get_template("subject.txt").render(words)
        text = _plain.get_template("letter.txt").render(words)
        html = _page(_html.get_template("letter.html").render(words), letter.reader)
    thread = [] if letter.is_summary or letter.troubles else [_thread(letter.about[0], domain)]
    return Mail(
        sender=sender.called("" if look.name == DULY else look.name),
        to=f'"{_quoted(letter.reader.name)}" <{letter.reader.email}>',
        subject=" ".join(subject.split()),
        text=text,
        html=html,
        message_id=f"<{letter.message_id}@{domain}>",
        in_reply_to=thread[0] if thread else None,
        references=tuple(thread),
        date=wall_clock.now(),
        headers=_headers(letter),
        enclosed=tuple(map(_enclosed, letter.files)),
    )


def _enclosed(file: LetterFile) -> Enclosed:
    with default_storage.open(file.place) as stored:
        return Enclosed(file.name, file.media_type, stored.read())


def _headers(letter: Letter) -> dict[str, str]:
    headers = {"Auto-Submitted": "auto-generated"}  # RFC 3834: nobody's absence note answers it
    if letter.reply_to:
        headers["Reply-To"] = letter.reply_to
    return headers


def _page(body: str, reader: Reader) -> str:
    """Give a body that is harmless whatever it quotes, in a frame that every mail program understands."""
    locale = _locale(reader)
    return (
        f'<!doctype html><html lang="{locale.language}" dir="{locale.text_direction[:3]}">'
        '<head><meta charset="utf-8"></head>'
        '<body style="font: 16px/1.5 sans-serif; max-width: 40em">'
        f"{sanitised(body)}</body></html>"
    )


def _exact(reader: Reader) -> Callable[[datetime], str]:
    """Write instants in the reader's zone, with seconds where they are not nought."""
    zone, locale = ZoneInfo(reader.zone), _locale(reader)

    def exact(at: datetime) -> str:
        local = at.astimezone(zone)
        day = format_date(local.date(), "full", locale=locale)
        time = format_skeleton("Hms" if local.second else "Hm", local, zone, locale=locale)
        return f"{day}, {time} {local.tzname()}"

    return exact


def _locale(reader: Reader) -> Locale:
    """The way dates are written; English without a country puts the day before the month."""
    return Locale.parse("en-GB" if reader.language == "en" else reader.language, sep="-")


def _address(reader: Reader) -> Callable[[About], str]:
    page = "agent:ticket" if reader.is_agent else "portal:ticket"
    return lambda about: settings.DULY_URL + reverse(page, args=[about.number])


def _mailbox(trouble: Trouble) -> str:
    return settings.DULY_URL + reverse("setup:mailbox", args=[trouble.mailbox_id])


def _rating(about: About) -> str:
    """Where the question waits; the link only asks it, for programs follow links too."""
    return settings.DULY_URL + reverse("rating", args=[about.rating_key])


def _thread(about: About, domain: str) -> str:
    return f"<ticket-{about.number}@{domain}>"


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')
