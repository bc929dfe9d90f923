"""The queue as agents read it: the standard views, those of teams, saved ones, and whatever an address asks for."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from duly.desk.errors import NotFound
from duly.desk.queries.choices import choices, names_in_queue
from duly.desk.queries.fields import field_of
from duly.desk.queries.first_steps import Step, first_steps
from duly.desk.queries.places import Place, read_place
from duly.desk.queries.queue import STANDARD, View, queue, teams
from duly.desk.queries.saved_views import View as SavedView
from duly.desk.queries.saved_views import audiences, saved_view
from duly.desk.tickets.selection import Column, Filters, Selection, read_selection
from duly.web.access import Visit, agents
from duly.web.agent import many, selecting, shell
from duly.web.agent.saved_views import audience_words
from duly.web.fresh import fresh_address
from duly.web.pages import page
from duly.web.state import state_for_agents, tails
from duly.web.typed import whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a queue's page shows: under which name, and which view it is, or came from."""

    selection: Selection
    title: str
    here: str = ""
    saved: SavedView | None = None

    @property
    def is_unsaved(self) -> bool:
        """Whether it is more than one of the views on the side."""
        return not self.here


@agents("GET")
def show_queue(request: HttpRequest, visit: Visit, view: str = "") -> HttpResponse:
    """Show a standard view, or what the address asks for."""
    if view:
        if view not in tuple(View):
            raise NotFound
        standard = View(view)
        return _queue_page(
            request,
            visit,
            Shown(selection=STANDARD[standard], title=shell.title(standard), here=view),
        )
    selection = read_selection(_asked(request))
    if "" in request.GET.values():
        # A form sends what was left empty, too; an address that is kept says only what it means.
        kept = {name: request.GET[name] for name in ("view",) if request.GET.get(name)}
        return redirect(selecting.address_of(selection, **kept))
    return _queue_page(request, visit, _what_was_asked(request, visit, selection))


@agents("GET")
def show_team(request: HttpRequest, visit: Visit, team: int) -> HttpResponse:
    """Show the queue of a team that the agent works in."""
    found = next((one for one in teams(visit.actor) if one.id == team), None)
    if found is None:
        raise NotFound
    selection = Selection(Filters(team=str(team)))
    return _queue_page(
        request, visit, Shown(selection=selection, title=found.name, here=f"team-{team}")
    )


@agents("GET")
def show_view(request: HttpRequest, visit: Visit, view_id: int) -> HttpResponse:
    """Show a saved view."""
    saved = saved_view(visit.actor, view_id)
    shown = Shown(selection=saved.selection, title=saved.name, here=f"view-{saved.id}", saved=saved)
    return _queue_page(request, visit, shown)


@agents("GET")
def show_filter(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the form that puts a selection together, set to what the address says."""
    selection = read_selection(_asked(request))
    return page(
        request,
        "agent/filter.html",
        visit,
        **shell.around(visit.actor),
        fields=selecting.fields_of(selection, choices(visit.actor)),
        selection=selection,
        columns=selecting.headings(Column),
        sorts=selecting.sorts(),
        view=request.GET.get("view", ""),
    )


def _asked(request: HttpRequest) -> dict[str, str]:
    """The address's own words; the form sends each column by itself."""
    asked = {name: request.GET.get(name, "") for name in request.GET}
    if "columns" in asked:
        asked["columns"] = ",".join(request.GET.getlist("columns"))
    return asked


def _what_was_asked(request: HttpRequest, visit: Visit, selection: Selection) -> Shown:
    if selection == STANDARD[View.DUE]:
        return Shown(selection=selection, title=shell.title(View.DUE), here=View.DUE.value)
    came_from = whole(request.GET.get("view", ""))
    saved = None if came_from is None else saved_view(visit.actor, came_from)
    return Shown(
        selection=selection, title=saved.name if saved else shell.title(View.DUE), saved=saved
    )


def _queue_page(request: HttpRequest, visit: Visit, shown: Shown) -> HttpResponse:
    """Render a queue; the number was read before it, so that nothing in between is overlooked."""
    around, selection = shell.around(visit.actor, shown.here), shown.selection
    after = read_place(request.GET.get("after", ""))
    found = queue(visit.actor, selection, at=visit.at, after=after)
    people, teams, customer = names_in_queue(visit.actor, selection.filters)
    field = field_of(selection.filters)
    return page(
        request,
        "agent/queue.html",
        visit,
        **around,
        **many.offered(visit, found, people, teams),
        shown=shown,
        title=shown.title,
        queue=found,
        chips=selecting.chips(selection, people, teams, customer, field),
        written=selection.written(),
        columns=selecting.headings(selection.columns),
        is_later=after is not None,
        next=f"?{_query(request, after=found.behind)}" if found.behind else "",
        first=_query(request, after=None),
        filter=_filter_address(shown),
        audiences=[(one.key, audience_words(one)) for one in audiences(visit.actor, teams)],
        is_new=not found.lines and _is_new(visit),
        fresh=fresh_address(),
        state=state_for_agents,
        tails=tails(),
    )


def _is_new(visit: Visit) -> bool:
    """Whether nothing can be waiting, because nobody was promised anything yet."""
    return any(not one.is_done for one in first_steps(visit.actor) if one.step is not Step.MAIL)


def _query(request: HttpRequest, *, after: Place | None) -> str:
    """The address's own query, at another place."""
    query = request.GET.copy()
    query.pop("after", None)
    if after is not None:
        query["after"] = after.written()
    return query.urlencode()


def _filter_address(shown: Shown) -> str:
    """The form, set to what is shown; what it finds may be saved as the view that it began with."""
    query = shown.selection.written() | ({"view": str(shown.saved.id)} if shown.saved else {})
    return reverse("agent:filter") + (f"?{urlencode(query)}" if query else "")
