"""A person: where they belong, their tickets, what agents should know, and whether they are let in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from duly.desk.actions.people.change_address import change_address
from duly.desk.actions.people.deactivate import deactivate, reactivate
from duly.desk.actions.people.remark import leave_remark
from duly.desk.actions.people.unmark_address import unmark_address
from duly.desk.errors import Invalid, NotFound, NotPossible
from duly.desk.queries.person import person_page
from duly.web import password_mail
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.agent.selecting import in_lines
from duly.web.agent.views import Wrong
from duly.web.pages import page
from duly.web.typed import whole


@agents("GET")
def show_person(request: HttpRequest, visit: Visit, person: int) -> HttpResponse:
    """Show one."""
    return _page(request, visit, person)


@agents("POST")
def keep_person(request: HttpRequest, visit: Visit, person: int, verb: str) -> HttpResponse:
    """Let them in no longer or again, change their address, say that mail arrives there, or leave a remark."""
    if verb == "address":
        return _change_address(request, visit, person)
    if verb == "unmark":
        return _unmark(request, visit, person)
    back = {"deactivate": "reactivate", "reactivate": "deactivate"}.get(verb, "")
    try:
        said = _act(visit, person, verb, request.POST.get("text", ""))
    except (Invalid, NotPossible) as problem:
        return _page(request, visit, person, Wrong(verb, str(problem), request.POST))
    undo = reverse("agent:keep-person", args=[person, back]) if back else ""
    messages.success(request, said, extra_tags=undo)
    return redirect("agent:person", person)


def _change_address(request: HttpRequest, visit: Visit, person: int) -> HttpResponse:
    email = request.POST.get("email", "")
    try:
        changed = change_address(actor=visit.actor, person_id=person, email=email, at=visit.at)
    except Invalid as problem:
        return _page(request, visit, person, Wrong("address", str(problem), request.POST))
    password_mail.send_to_new_address(request, changed)
    return redirect("agent:person", person)


def _unmark(request: HttpRequest, visit: Visit, person: int) -> HttpResponse:
    """The button stands on tickets too, and leads back to where it stood."""
    unmark_address(actor=visit.actor, person_id=person, at=visit.at)
    said = _("The mark is taken away. The next letter that comes back sets it again.")
    messages.success(request, said)
    number = whole(request.POST.get("ticket", ""))
    return redirect("agent:ticket", number) if number else redirect("agent:person", person)


def _act(visit: Visit, person: int, verb: str, text: str) -> str:
    if verb == "remark":
        leave_remark(actor=visit.actor, person_id=person, text=text, at=visit.at)
        return _("Noted for all agents.")
    if verb == "deactivate":
        deactivate(actor=visit.actor, person_id=person, at=visit.at)
        return _("They are let in no longer. What they did stays theirs.")
    if verb == "reactivate":
        reactivate(actor=visit.actor, person_id=person, at=visit.at)
        return _("They are let in again.")
    raise NotFound


def _page(
    request: HttpRequest, visit: Visit, person: int, wrong: Wrong | None = None
) -> HttpResponse:
    return page(
        request,
        "agent/person.html",
        visit,
        status=422 if wrong else 200,
        **shell.around(visit.actor, "organisations"),
        shown=person_page(visit.actor, person, visit.at),
        wrong=wrong,
        **in_lines(),
    )
