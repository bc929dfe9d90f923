"""Mailboxes: listed, added and changed, each tried out step by step before it is used."""

import secrets
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings as installation
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from duly.channels.mail_in.check import Check, Step, check
from duly.channels.mail_in.providers import providers
from duly.channels.mail_in.reader import Reader
from duly.channels.mail_in.verdict import server_of
from duly.channels.mail_out.conversation import conversation
from duly.channels.mail_out.message import Mail
from duly.desk.actions.mailboxes.add import add_mailbox
from duly.desk.actions.mailboxes.believe import believe
from duly.desk.actions.mailboxes.change import change_mailbox
from duly.desk.errors import Invalid
from duly.desk.mailroom.mailbox import MailboxKind
from duly.desk.mailroom.settings import MailboxSettings
from duly.desk.queries.mailboxes import Box, arrived, counts, mailbox, mailboxes, sealed_password
from duly.desk.queries.outgoing import way_out
from duly.desk.setup.sealing import opened
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.setup import frame
from duly.web.setup.forms import MailboxForm, account_of, filled
from duly.web.setup.words import (
    advice,
    afterwards,
    alarm,
    kinds,
    securities,
    sign_ins,
    step,
    test_text,
)

FRESH = MailboxSettings(address="", name="", kind=MailboxKind.IMAP.value)


@agents("GET")
def show_all(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the mailboxes and how their mails ended."""
    return page(
        request,
        "setup/mailboxes.html",
        visit,
        **frame.around(visit, "mailboxes"),
        boxes=mailboxes(visit.actor),
        kinds=dict(kinds()),
        alarm=alarm,
        listens=installation.DULY_MAIL_LISTEN,
    )


@agents("GET", "POST")
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Add a mailbox, once every step of reaching it is good."""
    mailboxes(
        visit.actor
    )  # whoever may not is told that nothing is here, before any server is asked
    return _edit(request, visit, None)


@agents("GET", "POST")
def change(request: HttpRequest, visit: Visit, mailbox_id: int) -> HttpResponse:
    """Change a mailbox, try it out, or switch it off."""
    return _edit(request, visit, mailbox(visit.actor, mailbox_id))


@agents("POST")
def send_test(request: HttpRequest, visit: Visit, mailbox_id: int) -> HttpResponse:
    """Send a mail to the mailbox, to learn how its receiving server calls itself."""
    box = mailbox(visit.actor, mailbox_id)
    token = secrets.token_hex(8)
    sent = conversation(way_out().url, _test_mail(visit, box, token))
    if sent.problem:
        messages.error(request, _("The test mail could not be sent: %s") % sent.problem)
        return redirect("setup:mailbox", mailbox_id)
    return redirect(reverse("setup:mailbox", args=[mailbox_id]) + f"?test={token}")


@agents("POST")
def name_server(request: HttpRequest, visit: Visit, mailbox_id: int) -> HttpResponse:
    """Believe a server's word on senders from now on."""
    server = request.POST.get("server", "")
    believe(actor=visit.actor, mailbox_id=mailbox_id, server=server, at=visit.at)
    messages.success(request, _("Saved. Held mail can be sorted again."))
    return redirect("setup:mailbox", mailbox_id)


def _edit(request: HttpRequest, visit: Visit, box: Box | None) -> HttpResponse:
    tried: Check | None = None
    form = MailboxForm(request.POST if request.method == "POST" else None, initial=_initial(box))
    if request.method == "POST" and form.is_valid():
        tried = _tried(visit, box, form)
        if tried is None or tried.is_good:
            try:
                return _saved(request, visit, box, form, tried)
            except Invalid as problem:
                form.add_error(
                    problem.field if problem.field in form.fields else None, str(problem)
                )
    return form_page(request, visit, box, form, tried=tried)


def _saved(
    request: HttpRequest, visit: Visit, box: Box | None, form: MailboxForm, tried: Check | None
) -> HttpResponse:
    typed: dict[str, Any] = {"password": form.secret, "oauth": form.oauth(), "at": visit.at}
    if box is not None:
        change_mailbox(actor=visit.actor, mailbox_id=box.id, settings=form.settings(), **typed)
    else:
        end = tried.end if tried and not form.cleaned_data["takes_old"] else None
        if end is not None:
            typed |= {"validity": end.validity, "uid": end.uid}
        typed["takes_old"] = form.cleaned_data["takes_old"]
        box_id = add_mailbox(actor=visit.actor, settings=form.settings(), **typed).pk
        messages.success(
            request,
            _("Added. Now sign in at the provider.")
            if form.oauth()
            else _("Added. Mail that arrives from now on is read."),
        )
        return redirect("setup:mailbox", box_id)
    messages.success(request, _("Saved. Every step was good.") if tried else _("Saved."))
    return redirect("setup:mailbox", box.id)


def _tried(visit: Visit, box: Box | None, form: MailboxForm) -> Check | None:
    """What is switched off, or handed to us, is not tried out; what nobody consented to yet, up to the sign-in."""
    typed = form.settings()
    if typed.kind != MailboxKind.IMAP or not typed.is_active or not (typed.host and typed.user):
        return None
    if form.oauth():
        return check(account_of(typed), last=Step.PROTECT)
    return check(account_of(typed, form.secret or _old_password(visit, box)))


def _old_password(visit: Visit, box: Box | None) -> str:
    return opened(sealed_password(visit.actor, box.id)) if box else ""


def _initial(box: Box | None) -> dict[str, Any]:
    return filled(box.settings if box else FRESH, box.oauth if box else None)


def form_page(
    request: HttpRequest,
    visit: Visit,
    box: Box | None,
    form: MailboxForm | None = None,
    *,
    tried: Check | None = None,
    post_address: str = "",
    consent: str = "",
) -> HttpResponse:
    """Show the form of a mailbox with all that is known about it; `post_address` and `consent` are shown once."""
    form = form or MailboxForm(initial=_initial(box))
    token = request.GET.get("test", "") if box else ""
    return page(
        request,
        "setup/mailbox.html",
        visit,
        status=422 if form.errors or (tried and not tried.is_good) else 200,
        **frame.around(visit, "mailboxes"),
        box=box,
        form=form,
        tried=tried,
        step=step,
        advice=advice,
        alarm=alarm,
        counts=counts(visit.actor, box.id) if box else (),
        kinds=kinds(),
        providers=[("", _("none")), *providers()],
        post_address=post_address,
        consent=consent,
        consent_at=urlsplit(consent).hostname,
        back_to=installation.DULY_URL + reverse("setup:signed-in"),
        sign_ins=sign_ins(),
        securities=securities(),
        afterwards=afterwards(),
        listens=installation.DULY_MAIL_LISTEN,
        test=token,
        server=_server(visit, box, token) if box and token else None,
    )


def _server(visit: Visit, box: Box, token: str) -> str | None:
    """How the receiving server calls itself in the test mail: empty where it does not say, None before it arrived."""
    raw = arrived(visit.actor, box.id, _test_id(token))
    if raw is None:
        return None
    with Reader() as reader:
        verdicts = reader.read(raw).verdicts
    return server_of(verdicts[0]) if verdicts else ""


def _test_mail(visit: Visit, box: Box, token: str) -> Mail:
    return Mail(
        sender=box.settings.address,
        to=box.settings.address,
        subject=_("Test of this mailbox"),
        text=test_text(),
        message_id=_test_id(token),
        date=visit.at,
        headers={"Auto-Submitted": "auto-generated"},
    )


def _test_id(token: str) -> str:
    domain = parseaddr(installation.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<test-{token}@{domain}>"
