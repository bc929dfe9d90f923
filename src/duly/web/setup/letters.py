"""The letters that the desk writes, as their readers get them, with a made-up ticket."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from duly.channels.mail_out.message import Mail
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.require import require
from duly.desk.queries.brand import brand
from duly.desk.queries.desk_settings import close_after_days
from duly.desk.queries.outgoing import sender
from duly.letters.example import Side, examples, ways_in
from duly.letters.mail import mail_of
from duly.letters.way_in import mail_of_way_in
from duly.web.access import Visit, agents
from duly.web.original import SANDBOX
from duly.web.pages import page
from duly.web.setup import frame
from duly.web.setup.words import letter_title

SIDES = {"customer": False, "agent": True}


@dataclass(frozen=True, slots=True)
class Example:
    """The letter about an occasion."""

    occasion: str
    title: str
    mail: Mail


@agents("GET")
def show(request: HttpRequest, visit: Visit, side: str, language: str) -> HttpResponse:
    """Show every letter to one side of the desk in one language."""
    require(may_manage_mailboxes(visit.actor))
    return page(
        request,
        "setup/letters.html",
        visit,
        **frame.around(visit, "outgoing"),
        examples=[
            Example(occasion, letter_title(occasion), mail)
            for occasion, mail in _mails(visit, side, language).items()
        ],
        side=side,
        language=language,
        languages=settings.LANGUAGES,
    )


@agents("GET")
def show_html(
    _request: HttpRequest, visit: Visit, side: str, language: str, occasion: str
) -> HttpResponse:
    """The HTML of one letter, as a mail program gets it; for a frame in which nothing runs."""
    require(may_manage_mailboxes(visit.actor))
    mail = _mails(visit, side, language).get(occasion)
    if mail is None:
        raise Http404
    response = HttpResponse(mail.html)
    response["Content-Security-Policy"] = (
        # Mail programs know no style sheets: the letter's only style stands on its body.
        f"{SANDBOX}; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _mails(visit: Visit, side: str, language: str) -> Mapping[str, Mail]:
    """Every letter to one side: about tickets and mailboxes, then those that lead to a password."""
    if side not in SIDES or language not in dict(settings.LANGUAGES):
        raise Http404
    wanted = Side(is_agent=SIDES[side], language=language, zone=str(visit.reader.zone))
    letters = examples(wanted, at=visit.at, close_after_days=close_after_days())
    look, whom = brand(), sender()
    mails = {occasion: mail_of(letter, look, whom) for occasion, letter in letters.items()}
    for occasion, way_in in ways_in(wanted, desk=settings.DULY_URL).items():
        mails[occasion] = mail_of_way_in(way_in, look, whom)
    return mails
