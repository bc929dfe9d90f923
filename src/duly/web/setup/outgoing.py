"""Outgoing mail: which server or provider takes it, and a test that shows the whole conversation."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from duly.channels.mail_out.conversation import Conversation, conversation
from duly.channels.mail_out.message import Mail
from duly.channels.mail_out.providers import PROVIDERS
from duly.channels.mail_out.reports import USER, VIEWS
from duly.desk.actions.deliveries.held import drop_held, release_held
from duly.desk.actions.setup.make_report_secret import make_report_secret
from duly.desk.actions.setup.outgoing import Outgoing, set_outgoing
from duly.desk.errors import NotPossible
from duly.desk.queries.held import held_count
from duly.desk.queries.outgoing import ServerSettings, server_settings, way_out
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.setup import frame
from duly.web.setup.words import protections, ways_out
from duly.web.tried import NO_NAMES, tried


class ServerForm(forms.Form):
    """The server, or the provider, and the sender; an empty password or key keeps the old one."""

    provider = forms.ChoiceField(choices=ways_out, required=False)
    account = forms.CharField(max_length=254, required=False)
    key = forms.CharField(max_length=500, required=False)
    api_url = forms.CharField(max_length=200, required=False)
    host = forms.CharField(max_length=253, required=False)
    port = forms.IntegerField(min_value=1, max_value=65535)
    security = forms.ChoiceField(choices=protections)
    user = forms.CharField(max_length=254, required=False)
    password = forms.CharField(max_length=500, required=False, strip=False)
    from_address = forms.CharField(max_length=254, required=False)
    from_name = forms.CharField(max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask what the provider wants to be told."""
        known = PROVIDERS.get(self.cleaned_data.get("provider", ""))
        if known and known.takes_account and not self.cleaned_data.get("account"):
            self.add_error("account", _("%s wants this, too.") % known.name)
        if known and known.needs_url and not self.cleaned_data.get("api_url"):
            self.add_error("api_url", _("At %s everybody has a server of their own.") % known.name)
        return self.cleaned_data

    def outgoing(self) -> Outgoing:
        """What was typed about the way that was chosen."""
        typed = dict(self.cleaned_data)
        account, key = typed.pop("account"), typed.pop("key")
        known = PROVIDERS.get(typed["provider"])
        if known is None:
            return Outgoing(**typed | {"api_url": ""})
        user = account if known.takes_account else ""
        return Outgoing(**typed | {"host": "", "user": user, "password": key})

    def names(self) -> Mapping[str, str]:
        """The boxes that a provider's account and key are typed into, by what the desk calls them."""
        return {"user": "account", "password": "key"} if self.cleaned_data["provider"] else NO_NAMES


@agents("GET", "POST")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show where mail goes; a POST sends a test to whoever asks."""
    found = server_settings(visit.actor)
    return _page(request, visit, found, heard=_tried(visit) if request.method == "POST" else None)


@agents("POST")
def set_server(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Keep the server that takes mail from now on."""
    found, form = server_settings(visit.actor), ServerForm(request.POST)
    if form.is_valid():
        outgoing = form.outgoing()
        if tried(
            form,
            lambda: set_outgoing(actor=visit.actor, outgoing=outgoing, at=visit.at),
            form.names(),
        ):
            messages.success(request, _("Saved. Now send a test."))
            return redirect("setup:outgoing")
    return _page(request, visit, found, form)


def _page(
    request: HttpRequest,
    visit: Visit,
    found: ServerSettings,
    form: ServerForm | None = None,
    *,
    heard: Conversation | None = None,
    report_address: str = "",
) -> HttpResponse:
    given = settings.DULY_MAIL_URL
    return page(
        request,
        "setup/outgoing.html",
        visit,
        status=422 if form and form.errors else 200,
        **frame.around(visit, "outgoing"),
        way=_way(found),
        is_folder=not (found.provider or found.host) and given.startswith("sink:"),
        form=form or ServerForm(initial=_initial(found)),
        ways=ways_out(),
        protections=protections(),
        keeps=("key" if found.provider else "password") if found.has_password else "",
        given=_without_password(given),
        sender=settings.DEFAULT_FROM_EMAIL,
        email=visit.person.email,
        held=held_count(),
        heard=heard,
        reports=found.provider in VIEWS,
        has_report_address=found.has_report_address,
        report_address=report_address,
    )


def _tried(visit: Visit) -> Conversation:
    try:
        way = way_out()
    except NotPossible as problem:
        return Conversation((), str(problem))
    return conversation(way.url, _test(visit, way.sender.called()))


@agents("POST")
def make_report_address(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Make the address that the provider reports to, and show it this once."""
    secret = make_report_secret(actor=visit.actor, at=visit.at)
    scheme, _colon, rest = (settings.DULY_URL + reverse("mail-reports")).partition("://")
    address = f"{scheme}://{USER}:{secret}@{rest}"
    return _page(request, visit, server_settings(visit.actor), report_address=address)


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


def _test(visit: Visit, sender: str) -> Mail:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return Mail(
        sender=sender,
        to=visit.person.email,
        subject=_("Test of outgoing mail"),
        text=_("If you read this, mail from the desk reaches you."),
        message_id=f"<test-{secrets.token_hex(8)}@{domain}>",
        date=visit.at,
        headers={"Auto-Submitted": "auto-generated"},
    )


def _initial(found: ServerSettings) -> dict[str, Any]:
    user, account = ("", found.user) if found.provider else (found.user, "")
    return asdict(found) | {"user": user, "account": account}


def _way(found: ServerSettings) -> str:
    if found.provider:
        name = dict(ways_out())[found.provider]
        return f"{name} ({found.api_url})" if found.api_url else name
    return f"{found.host}:{found.port}" if found.host else _without_password(settings.DULY_MAIL_URL)


def _without_password(url: str) -> str:
    if url.startswith("sink:"):
        return url.removeprefix("sink:")
    parts = urlsplit(url)
    if not parts.hostname:
        return dict(ways_out())[parts.scheme]
    user = f"{parts.username}@" if parts.username else ""
    return f"{parts.scheme}://{user}{parts.hostname}" + (f":{parts.port}" if parts.port else "")
