"""Held mail, decided with one key each, and any mail with its raw text and its whole way through the desk."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from duly.desk.access.mail import may_review
from duly.desk.actions.mail.accept import accept
from duly.desk.actions.mail.open_from import open_from
from duly.desk.actions.mail.refuse import refuse
from duly.desk.actions.mail.sort_again import sort_again
from duly.desk.errors import Invalid, NotFound, NotPossible
from duly.desk.queries.mails import MailPage, held, mail_page, raw_mail, refused
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.files import POLICY
from duly.web.mail_words import decision, outcome, reason, verdict
from duly.web.pages import page
from duly.web.typed import whole


@dataclass(frozen=True, slots=True)
class Verb:
    """What can be done with a mail: how it is done, what it is called, what is said afterwards, by which key."""

    act: Callable[[HttpRequest, Visit, int], object]
    label: Callable[[], str]
    done: Callable[[], str]
    key: str
    can_be_taken_back: bool = False


def _accept(_request: HttpRequest, visit: Visit, mail_id: int) -> object:
    return accept(actor=visit.actor, mail_id=mail_id, at=visit.at)


def _open(request: HttpRequest, visit: Visit, mail_id: int) -> object:
    organisation, _, subscription = request.POST.get("cover", "").partition(":")
    return open_from(
        actor=visit.actor,
        mail_id=mail_id,
        organisation_id=whole(organisation),
        subscription_id=whole(subscription),
        at=visit.at,
    )


def _block(_request: HttpRequest, visit: Visit, mail_id: int) -> object:
    return refuse(actor=visit.actor, mail_id=mail_id, block=True, at=visit.at)


def _spam(_request: HttpRequest, visit: Visit, mail_id: int) -> object:
    return refuse(actor=visit.actor, mail_id=mail_id, at=visit.at)


def _again(_request: HttpRequest, visit: Visit, mail_id: int) -> object:
    return sort_again(actor=visit.actor, mail_id=mail_id, at=visit.at)


VERBS = {
    "accept": Verb(_accept, lambda: _("Accept as answer"), lambda: _("Accepted."), "y"),
    "open": Verb(_open, lambda: _("New ticket"), lambda: _("A ticket was opened."), "t"),
    "spam": Verb(_spam, lambda: _("Spam"), lambda: _("Refused as spam."), "s", True),
    "block": Verb(
        _block,
        lambda: _("Block the sender"),
        lambda: _("Refused; its sender is blocked."),
        "b",
        True,
    ),
    "again": Verb(
        _again, lambda: _("Sort again"), lambda: _("It will be sorted again in a moment."), "o"
    ),
}


@agents("GET")
def show_held(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the mails that wait for a person, oldest first, or those that were refused, newest first."""
    if not may_review(visit.actor):
        raise NotFound
    waits = request.GET.get("which") != "refused"
    before = whole(request.GET.get("before", ""))
    return page(
        request,
        "agent/held_mail.html",
        visit,
        **shell.around(visit.actor, "held-mail"),
        listed=held(visit.actor) if waits else refused(visit.actor, before),
        waits=waits,
        reason=reason,
    )


@agents("GET")
def show(request: HttpRequest, visit: Visit, mail_id: int) -> HttpResponse:
    """Show a mail, and what can be done with it while it waits."""
    return _page(request, visit, mail_id)


@agents("GET")
def download(request: HttpRequest, visit: Visit, mail_id: int) -> HttpResponse:  # noqa: ARG001
    """Give the mail byte for byte, for a mail program."""
    return HttpResponse(
        raw_mail(visit.actor, mail_id),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="mail-{mail_id}.eml"',
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


@agents("POST")
def decide(request: HttpRequest, visit: Visit, mail_id: int, verb: str) -> HttpResponse:
    """Decide about a mail and go on to the next that waits."""
    if verb not in VERBS:
        raise NotFound
    chosen = VERBS[verb]
    try:
        chosen.act(request, visit, mail_id)
    except (Invalid, NotPossible) as problem:
        return _page(request, visit, mail_id, problem=str(problem))
    back = reverse("agent:decide-mail", args=[mail_id, "again"])
    messages.success(request, chosen.done(), extra_tags=back if chosen.can_be_taken_back else "")
    waiting = held(visit.actor).lines
    return redirect("agent:mail", waiting[0].id) if waiting else redirect("agent:held-mail")


def _page(request: HttpRequest, visit: Visit, mail_id: int, problem: str = "") -> HttpResponse:
    mail = mail_page(visit.actor, mail_id, visit.at)
    return page(
        request,
        "agent/mail.html",
        visit,
        status=409 if problem else 200,
        **shell.around(visit.actor, "held-mail"),
        mail=mail,
        problem=problem,
        verbs=[(name, VERBS[name]) for name in _offered(mail)],
        chosen=request.POST.get("cover", ""),
        reason=reason,
        outcome=outcome,
        verdict=verdict,
        decision=decision,
    )


def _offered(mail: MailPage) -> list[str]:
    if mail.outcome != "held":
        return ["again"] if mail.may_be_sorted_again else []
    offered = ["spam", "block", "again"] if mail.sender else ["spam", "again"]
    if mail.read and mail.sender:
        offered.insert(0, "open")
    if mail.read and mail.read.answers:
        offered.insert(0, "accept")
    return offered
