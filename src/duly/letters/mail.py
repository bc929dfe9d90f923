"""Letters as mails: words, times in the reader's zone, and headers that keep a ticket's mails together."""

from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import translation

from duly.channels import wall_clock
from duly.channels.mail_in.quotes import DELIMITER
from duly.channels.mail_out.message import Enclosed, Mail
from duly.desk.mailroom.letter import About, Letter, LetterFile, Reader, Trouble
from duly.desk.queries.brand import DULYS_OWN, Brand
from duly.desk.queries.outgoing import UNSET, Sender
from duly.letters.writing import HTML, PLAIN, locale_of, page


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
        subject = PLAIN.get_template("subject.txt").render(words)
        text = PLAIN.get_template("letter.txt").render(words)
        html = page(HTML.get_template("letter.html").render(words), letter.reader)
    thread = [] if letter.is_summary or letter.troubles else [_thread(letter.about[0], domain)]
    return Mail(
        sender=sender.called(look.own_name),
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


def _exact(reader: Reader) -> Callable[[datetime], str]:
    """Write instants in the reader's zone, with seconds where they are not nought."""
    zone, locale = ZoneInfo(reader.zone), locale_of(reader)

    def exact(at: datetime) -> str:
        local = at.astimezone(zone)
        day = format_date(local.date(), "full", locale=locale)
        time = format_skeleton("Hms" if local.second else "Hm", local, zone, locale=locale)
        return f"{day}, {time} {local.tzname()}"

    return exact


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
