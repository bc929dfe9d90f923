"""Saved views: saving what an address shows, and the page on which they are named, shared, ordered and removed."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from duly.desk.actions.views.arrange import move_view
from duly.desk.actions.views.remove import remove_view, restore_view
from duly.desk.actions.views.save import change_view, save_view
from duly.desk.actions.views.share import share_view
from duly.desk.errors import NotFound
from duly.desk.queries.choices import takers
from duly.desk.queries.saved_views import Audience, audiences, saved_views
from duly.desk.tickets.saved_view import LONGEST_NAME, SharedWith
from duly.desk.tickets.selection import read_selection
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.pages import page
from duly.web.typed import whole


@agents("GET")
def show_views(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List one's own views and those that others share."""
    found, (_agents, teams) = saved_views(visit.actor), takers(visit.actor)
    return page(
        request,
        "agent/views.html",
        visit,
        **shell.around(visit.actor, "views"),
        mine=[view for view in found if view.is_own],
        shared=[view for view in found if not view.is_own],
        audiences=[(one.key, audience_words(one)) for one in audiences(visit.actor, teams)],
        longest=LONGEST_NAME,
    )


@agents("POST")
def save(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Save a selection under a name, and share it if that was asked for."""
    selection = read_selection(request.POST.dict())
    with transaction.atomic():
        view = save_view(
            actor=visit.actor,
            name=request.POST.get("name", ""),
            selection=selection,
            at=visit.at,
        )
        _share(request, visit, view.pk)
    messages.success(request, _("Saved: it stands on the side."))
    return redirect("agent:view", view.pk)


@agents("POST")
def change(request: HttpRequest, visit: Visit, view_id: int, verb: str) -> HttpResponse:
    """Do one thing to a view."""
    if verb not in VERBS:
        raise NotFound
    chosen = VERBS[verb]
    chosen.act(request, visit, view_id)
    back = reverse("agent:change-view", args=[view_id, chosen.back]) if chosen.back else ""
    messages.success(request, chosen.done(), extra_tags=back)
    return redirect("agent:view", view_id) if verb == "select" else redirect("agent:views")


def audience_words(audience: Audience) -> str:
    """Say whom a view is shared with."""
    if audience.team:
        return _("with %(team)s") % {"team": audience.team}
    everybody = audience.key == SharedWith.EVERYBODY
    return _("with everybody") if everybody else _("only for me")


def _share(request: HttpRequest, visit: Visit, view_id: int) -> None:
    """Share it with whom the form names: nobody, everybody, or a team by its id."""
    chosen = request.POST.get("audience", SharedWith.NOBODY.value)
    team_id = whole(chosen)
    if team_id is None and chosen not in (SharedWith.NOBODY, SharedWith.EVERYBODY):
        raise NotFound
    share_view(
        actor=visit.actor,
        view_id=view_id,
        shared_with=SharedWith(chosen) if team_id is None else SharedWith.TEAM,
        team_id=team_id,
        at=visit.at,
    )


def _select(request: HttpRequest, visit: Visit, view_id: int) -> None:
    selection = read_selection(request.POST.dict())
    change_view(actor=visit.actor, view_id=view_id, selection=selection, at=visit.at)


def _edit(request: HttpRequest, visit: Visit, view_id: int) -> None:
    with transaction.atomic():
        name = request.POST.get("name", "")
        change_view(actor=visit.actor, view_id=view_id, name=name, at=visit.at)
        _share(request, visit, view_id)


def _move(step: int) -> Callable[[HttpRequest, Visit, int], None]:
    def move(request: HttpRequest, visit: Visit, view_id: int) -> None:  # noqa: ARG001 - as all verbs
        move_view(actor=visit.actor, view_id=view_id, step=step, at=visit.at)

    return move


def _remove(request: HttpRequest, visit: Visit, view_id: int) -> None:  # noqa: ARG001 - as all verbs
    remove_view(actor=visit.actor, view_id=view_id, at=visit.at)


def _restore(request: HttpRequest, visit: Visit, view_id: int) -> None:  # noqa: ARG001 - as all verbs
    restore_view(actor=visit.actor, view_id=view_id, at=visit.at)


@dataclass(frozen=True, slots=True)
class Verb:
    """What it does, what is said afterwards, and the verb that takes it back, if one does."""

    act: Callable[[HttpRequest, Visit, int], None]
    done: Callable[[], str]
    back: str = ""


VERBS = {
    "select": Verb(_select, lambda: _("Saved.")),
    "edit": Verb(_edit, lambda: _("Saved.")),
    "up": Verb(_move(-1), lambda: _("Moved."), "down"),
    "down": Verb(_move(1), lambda: _("Moved."), "up"),
    "remove": Verb(_remove, lambda: _("Removed."), "restore"),
    "restore": Verb(_restore, lambda: _("Back on the side.")),
}
