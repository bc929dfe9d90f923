"""Outgoing mail: where it goes, and a test that shows the whole conversation."""

import secrets
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.channels.mail_out.conversation import conversation
from duly.channels.mail_out.message import Mail
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.require import require
from duly.desk.actions.deliveries.held import drop_held, release_held
from duly.desk.queries.held import held_count
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.setup import frame


@agents("GET", "POST")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show where mail goes; a POST sends a test to whoever asks."""
    require(may_manage_mailboxes(visit.actor))
    is_test = request.method == "POST"
    return page(
        request,
        "setup/outgoing.html",
        visit,
        **frame.around(visit, "outgoing"),
        way=_without_password(settings.DULY_MAIL_URL),
        is_folder=settings.DULY_MAIL_URL.startswith("sink:"),
        sender=settings.DEFAULT_FROM_EMAIL,
        email=visit.person.email,
        held=held_count(),
        heard=conversation(settings.DULY_MAIL_URL, _test(visit)) if is_test else None,
    )


@agents("POST")
def decide_held(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Send what was held when the desk was restored, or do not."""
    decide = release_held if request.POST.get("held") == "send" else drop_held
    decided = decide(actor=visit.actor, at=visit.at)
    said = (
        _("%(n)s mails are sent now.") if decide is release_held else _("%(n)s mails are not sent.")
    )
    messages.success(request, said % {"n": decided})
    return redirect("setup:outgoing")


def _test(visit: Visit) -> Mail:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return Mail(
        sender=settings.DEFAULT_FROM_EMAIL,
        to=visit.person.email,
        subject=_("Test of outgoing mail"),
        text=_("If you read this, mail from the desk reaches you."),
        message_id=f"<test-{secrets.token_hex(8)}@{domain}>",
        date=visit.at,
        headers={"Auto-Submitted": "auto-generated"},
    )


def _without_password(url: str) -> str:
    if url.startswith("sink:"):
        return url.removeprefix("sink:")
    parts = urlsplit(url)
    user = f"{parts.username}@" if parts.username else ""
    return f"{parts.scheme}://{user}{parts.hostname}" + (f":{parts.port}" if parts.port else "")
