"""Where somebody is signed in, and signing out everywhere but here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duly.desk.actions.people.signed_in import signed_out_elsewhere
from duly.web.access import Visit, people
from duly.web.me.wishes import around
from duly.web.pages import page

BROWSERS = {
    "Edg/": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
"""By what they say of themselves; later ones say what earlier ones say, too."""
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


@dataclass(frozen=True, slots=True)
class Device:
    """A session: from where, since when, and whether it is the one that asks."""

    name: str
    address: str
    since: datetime
    is_this: bool


@people("GET", "POST")
def sessions(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List one's sessions; a POST ends all others."""
    found = _sessions(request, visit)
    if request.method == "POST":
        others = [each for each in found if not each.is_current()]
        get_adapter().end_sessions(others)
        signed_out_elsewhere(person=visit.person, sessions=len(others), via="web", at=visit.at)
        said = ngettext(
            "%(num)s other device is signed out.",
            "%(num)s other devices are signed out.",
            len(others),
        )
        messages.success(request, said % {"num": len(others)})
        return redirect("me:sessions")
    return page(
        request,
        "me/sessions.html",
        visit,
        **around(visit),
        devices=[
            Device(device(each.user_agent), each.ip, each.created_at, each.is_current())
            for each in found
        ],
    )


def _sessions(request: HttpRequest, visit: Visit) -> Sequence[UserSession]:
    """Those that still hold, the newest first; one that began before they were kept is among them from now on."""
    key = request.session.session_key
    if not UserSession.objects.filter(session_key=key).exists():
        UserSession.objects.create_from_request(request)
    found = UserSession.objects.purge_and_list(visit.person)
    return sorted(found, key=lambda each: each.created_at, reverse=True)


def device(agent: str) -> str:
    """Say what a browser calls itself as people do: `Firefox on Windows`."""
    browser = next((name for mark, name in BROWSERS.items() if mark in agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("An unknown program")
