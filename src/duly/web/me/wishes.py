"""My settings: how somebody reads, what they are told by mail, and when they are left alone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.desk.actions.people.prefer import prefer
from duly.desk.mailroom.matter import Matter
from duly.desk.queries.wishes import Wishes, wishes
from duly.web.access import Visit, people
from duly.web.agent import shell
from duly.web.me.forms import WishesForm, filled
from duly.web.pages import page
from duly.web.reading import speak
from duly.web.tried import tried


@people("GET", "POST")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the form with what is set; a POST keeps what was chosen."""
    stands = wishes(visit.actor)
    if request.method != "POST":
        return _form_page(request, visit, stands, WishesForm(stands.zone, initial=filled(stands)))
    form = WishesForm(stands.zone, request.POST)
    if form.is_valid():
        tried(form, lambda: _keep(visit, form))
        if not form.errors:
            speak(form.cleaned_data["language"])
            messages.success(request, _("Your settings are saved."))
            return redirect("me:settings")
    return _form_page(request, visit, stands, form)


def _keep(visit: Visit, form: WishesForm) -> None:
    prefer(
        actor=visit.actor,
        language=form.cleaned_data["language"],
        zone=form.cleaned_data["zone"],
        wanted=form.wanted(),
        quiet=form.quiet(),
        at=visit.at,
    )


def _form_page(
    request: HttpRequest, visit: Visit, stands: Wishes, form: WishesForm
) -> HttpResponse:
    return page(
        request,
        "me/settings.html",
        visit,
        status=422 if form.errors else 200,
        **around(visit),
        form=form,
        email=visit.person.email,
        matters=[(wish, said(wish.matter, is_agent=visit.actor.is_agent)) for wish in stands.mail],
    )


def around(visit: Visit) -> dict[str, Any]:
    """What stands around a page of somebody's own: the workspace or the portal."""
    if visit.actor.is_agent:
        return {**shell.around(visit.actor, "me"), "layout": "ui/layout/workspace.html"}
    return {"here": "me", "layout": "ui/layout/portal.html"}


def said(matter: Matter, *, is_agent: bool) -> str:
    """Say what a matter is to somebody on one side of the desk."""
    if is_agent:
        return {
            Matter.OPENED: _("A ticket is opened that I answer for"),
            Matter.ANSWERED: _("The customer writes or decides something"),
            Matter.ASSIGNED: _("A ticket is given to me"),
            Matter.DUE_SOON: _("A promise is due soon"),
            Matter.MISSED: _("A promise is missed"),
            Matter.ESCALATED: _("A ticket is escalated"),
            Matter.USED_UP: _("An allowance is used up"),
            Matter.MENTIONED: _("A note mentions me"),
        }[matter]
    return {
        Matter.OPENED: _("My ticket has arrived"),
        Matter.ANSWERED: _("You write to me or decide something"),
        Matter.ESCALATED: _("I may escalate, or somebody did"),
        Matter.USED_UP: _("An allowance of our plan is used up"),
    }[matter]
