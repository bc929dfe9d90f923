"""The customers of the desk: the list, and each with its plan, record, contacts and tickets."""

from django.http import HttpRequest, HttpResponse

from duly.desk.queries.organisation import organisation_page, organisations
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.agent.selecting import headings
from duly.web.pages import page
from duly.web.state import state_for_agents, tails
from duly.web.ui.clock.face import KINDS


@agents("GET")
def show_organisations(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List them by name."""
    around = shell.around(visit.actor, "organisations")
    names = organisations(visit.actor)
    return page(request, "agent/organisations.html", visit, **around, names=names)


@agents("GET")
def show_organisation(request: HttpRequest, visit: Visit, organisation: int) -> HttpResponse:
    """Show one."""
    return page(
        request,
        "agent/organisation.html",
        visit,
        **shell.around(visit.actor, "organisations"),
        shown=organisation_page(visit.actor, organisation, visit.at),
        kind_names=KINDS,
        state=state_for_agents,
        tails=tails(),
        columns=headings(),
    )
