"""The letters that the desk writes, as their readers get them, with a made-up ticket."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from duly.channels.mail_out.message import Mail
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.require import require
from duly.desk.mailroom.matter import Matter, matters_of
from duly.desk.queries.brand import brand
from duly.desk.queries.desk_settings import close_after_days
from duly.desk.queries.outgoing import Sender, sender
from duly.letters.example import example
from duly.letters.mail import mail_of
from duly.web.access import Visit, agents
from duly.web.me.wishes import said
from duly.web.original import SANDBOX
from duly.web.pages import page
from duly.web.setup import frame

SIDES = {"customer": False, "agent": True}


@dataclass(frozen=True, slots=True)
class Example:
    """A letter about one matter."""

    matter: Matter
    title: str
    mail: Mail


@agents("GET")
def show(request: HttpRequest, visit: Visit, side: str, language: str) -> HttpResponse:
    """Show every letter to one side of the desk in one language."""
    require(may_manage_mailboxes(visit.actor))
    is_agent = _is_agent(side, language)
    from_whom = sender()
    examples = [
        Example(
            matter,
            said(matter, is_agent=is_agent),
            _mail(visit, matter, from_whom, is_agent=is_agent, language=language),
        )
        for matter in matters_of(is_agent=is_agent)
    ]
    return page(
        request,
        "setup/letters.html",
        visit,
        **frame.around(visit, "outgoing"),
        examples=examples,
        side=side,
        language=language,
        languages=settings.LANGUAGES,
    )


@agents("GET")
def show_html(
    _request: HttpRequest, visit: Visit, side: str, language: str, matter: str
) -> HttpResponse:
    """The HTML of one letter, as a mail program gets it; for a frame in which nothing runs."""
    require(may_manage_mailboxes(visit.actor))
    is_agent = _is_agent(side, language)
    if matter not in matters_of(is_agent=is_agent):
        raise Http404
    mail = _mail(visit, Matter(matter), sender(), is_agent=is_agent, language=language)
    response = HttpResponse(mail.html)
    response["Content-Security-Policy"] = (
        # Mail programs know no style sheets: the letter's only style stands on its body.
        f"{SANDBOX}; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _is_agent(side: str, language: str) -> bool:
    if side not in SIDES or language not in dict(settings.LANGUAGES):
        raise Http404
    return SIDES[side]


def _mail(
    visit: Visit, matter: Matter, from_whom: Sender, *, is_agent: bool, language: str
) -> Mail:
    zone = str(visit.reader.zone)
    letter = example(
        matter,
        is_agent=is_agent,
        language=language,
        zone=zone,
        at=visit.at,
        close_after_days=close_after_days(),
    )
    return mail_of(letter, brand(), from_whom)
