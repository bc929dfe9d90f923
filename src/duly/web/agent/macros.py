"""Picking a macro while writing: the list that can be searched, and what becomes of the one that is picked."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from duly.desk.actions.macros.use import use_macro
from duly.desk.actions.tickets.draft import save_draft
from duly.desk.errors import Invalid, NotAllowed, NotFound, NotPossible
from duly.desk.queries.macros import MacroLine, macros
from duly.desk.queries.reading import ticket_id
from duly.desk.tickets.draft import DraftOf
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.pages import page
from duly.web.uploads import uploaded

LONGEST = 100


@agents("GET", "POST")
def show_macros(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show what can be picked; a POST comes from the box, whose words are kept first."""
    ticket = ticket_id(visit.actor, number)
    writing = _writing(request)
    if request.method == "POST":
        text = request.POST.get("text", "")
        save_draft(
            actor=visit.actor,
            ticket_id=ticket,
            of=writing,
            text=text,
            at=visit.at,
            files=uploaded(request),
        )
        return redirect(reverse("agent:macros", args=[number]) + f"?write={writing}")
    sought = request.GET.get("q", "")[:LONGEST]
    return page(
        request,
        "agent/macros.html",
        visit,
        **shell.around(visit.actor),
        number=number,
        writing=writing.value,
        sought=sought,
        found=macros(visit.actor, sought),
        does=does,
    )


@agents("POST")
def pick_macro(request: HttpRequest, visit: Visit, number: int, macro_id: int) -> HttpResponse:
    """Use a macro and go back to the box, or to the list with the reason why not."""
    writing = _writing(request)
    back = reverse("agent:ticket", args=[number])
    try:
        used = use_macro(
            actor=visit.actor,
            ticket_id=ticket_id(visit.actor, number),
            macro_id=macro_id,
            at=visit.at,
            text=request.POST.get("text"),
            files=uploaded(request),
            of=writing,
        )
    except (Invalid, NotPossible, NotAllowed) as problem:
        reason = _("The macro was not used: %(problem)s") % {"problem": problem}
        messages.error(request, reason)
        return redirect(f"{back}?write={writing}")
    messages.success(request, _("Macro used: %(name)s") % {"name": used.name})
    query = urlencode({"write": writing.value} | ({"then": used.then} if used.then else {}))
    return redirect(f"{back}?{query}")


def does(macro: MacroLine) -> list[str]:
    """Say in words what a macro does besides its words."""
    said = [_("tags %(tags)s") % {"tags": ", ".join(macro.tags)}] if macro.tags else []
    if macro.priority:
        said.append(_("priority %(priority)s") % {"priority": macro.priority})
    if macro.takes:
        said.append(_("you take it"))
    if macro.assigns_to:
        said.append(_("goes to %(team)s") % {"team": macro.assigns_to})
    if macro.then:
        said.append(_("waits for the customer") if macro.then == "wait" else _("resolves"))
    return said


def _writing(request: HttpRequest) -> DraftOf:
    wanted = request.POST.get("write") or request.GET.get("write") or DraftOf.REPLY.value
    if wanted not in tuple(DraftOf):
        raise NotFound
    return DraftOf(wanted)
