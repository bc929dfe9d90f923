"""Signing in to a mailbox at its provider: the consent is asked for in the browser, and what it brings is tried out."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from duly.channels.mail_in.check import check
from duly.channels.mail_in.oauth import GrantLost, NotNow, Tokens, begin, exchange
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.require import require
from duly.desk.actions.mailboxes.sign_in import sign_in_mailbox
from duly.desk.errors import NotPossible
from duly.desk.queries.mailboxes import mailbox, oauth_client
from duly.web.access import Visit, agents
from duly.web.setup.forms import account_of
from duly.web.setup.mailboxes import form_page

ASKED = "mailbox_sign_in"
"""What the session remembers of a consent that was asked for."""


@agents("POST")
def ask(request: HttpRequest, visit: Visit, mailbox_id: int) -> HttpResponse:
    """Prepare the consent and show where it is given.

    The browser goes there by a link: our pages send forms to nobody else.
    """
    box = mailbox(visit.actor, mailbox_id)
    client = oauth_client(visit.actor, mailbox_id)
    try:
        begun = begin(client, back_to=back_to(), user=box.settings.user)
    except GrantLost as wrong:
        raise NotPossible(str(wrong)) from wrong
    request.session[ASKED] = {
        "state": begun.state,
        "verifier": begun.verifier,
        "mailbox": mailbox_id,
    }
    return form_page(request, visit, box, consent=begun.url)


@agents("GET")
def granted(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take what the provider sent the browser back with, once; keep the tokens if the mailbox is good."""
    require(may_manage_mailboxes(visit.actor))
    asked = request.session.pop(ASKED, None)
    state = request.GET.get("state", "")
    if not asked or not constant_time_compare(state, asked["state"]):
        raise NotPossible(_("This sign-in was not begun here, or it is over. Begin it again."))
    mailbox_id = asked["mailbox"]
    box = mailbox(visit.actor, mailbox_id)
    try:
        tokens = _exchanged(request, visit, mailbox_id, asked["verifier"])
    except (GrantLost, NotNow) as refused:
        messages.error(request, _("The provider did not let the desk in: %s") % refused)
        return redirect("setup:mailbox", mailbox_id)
    tried = check(account_of(box.settings, token=tokens.access))
    if tried.end is None:
        return form_page(request, visit, box, tried=tried)
    sign_in_mailbox(
        actor=visit.actor,
        mailbox_id=mailbox_id,
        tokens=tokens,
        validity=tried.end.validity,
        uid=tried.end.uid,
        at=visit.at,
    )
    messages.success(request, _("Signed in. Every step was good."))
    return redirect("setup:mailbox", mailbox_id)


def _exchanged(request: HttpRequest, visit: Visit, mailbox_id: int, verifier: str) -> Tokens:
    code = request.GET.get("code", "")
    if not code:
        why = request.GET.get("error_description") or request.GET.get("error") or "no code"
        raise GrantLost(why[:300])
    client = oauth_client(visit.actor, mailbox_id)
    return exchange(client, code=code, verifier=verifier, back_to=back_to(), at=visit.at)


def back_to() -> str:
    """Where the provider sends the browser back to; its owner types it at the provider."""
    return settings.DULY_URL + reverse("setup:signed-in")
