"""The customers of the desk: the list, and each with its plan, record, contacts, remarks and tickets."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.desk.access.people import may_manage_people
from duly.desk.access.reports import may_see_reports
from duly.desk.actions.people.organise import add_organisation
from duly.desk.errors import Invalid
from duly.desk.queries.organisation import organisation_page
from duly.desk.queries.organisations import organisations
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.agent.selecting import in_lines
from duly.web.agent.views import Wrong
from duly.web.pages import page
from duly.web.ui.clock.face import KINDS

LONGEST = 200


@agents("GET")
def show_organisations(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List them by name, or those whose name fits."""
    return _list(request, visit)


@agents("POST")
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Add a customer."""
    sent = request.POST
    try:
        new = add_organisation(
            actor=visit.actor,
            name=sent.get("name", ""),
            zone=sent.get("zone", "").strip() or "UTC",
            domains=tuple(domains_in(sent.get("domains", ""))),
            at=visit.at,
        )
    except Invalid as problem:
        return _list(request, visit, Wrong("add", str(problem), sent))
    messages.success(request, _("Added. Invite its contacts, and subscribe it to a plan."))
    return redirect("agent:organisation", new.pk)


def _list(request: HttpRequest, visit: Visit, wrong: Wrong | None = None) -> HttpResponse:
    sought = request.GET.get("q", "").strip()[:LONGEST]
    after = request.GET.get("after", "")[:LONGEST]
    return page(
        request,
        "agent/organisations.html",
        visit,
        status=422 if wrong else 200,
        **shell.around(visit.actor, "organisations"),
        found=organisations(visit.actor, sought, after, visit.at),
        sought=sought,
        after=after,
        wrong=wrong,
        may_add=may_manage_people(visit.actor),
    )


@agents("GET")
def show_organisation(request: HttpRequest, visit: Visit, organisation: int) -> HttpResponse:
    """Show one."""
    return shown(request, visit, organisation)


def shown(
    request: HttpRequest, visit: Visit, organisation: int, wrong: Wrong | None = None
) -> HttpResponse:
    """Render an organisation; a form that cannot be used comes back in its place."""
    return page(
        request,
        "agent/organisation.html",
        visit,
        status=422 if wrong else 200,
        **shell.around(visit.actor, "organisations"),
        shown=organisation_page(visit.actor, organisation, visit.at),
        wrong=wrong,
        kind_names=KINDS,
        reviewed=may_see_reports(visit.actor),
        **in_lines(),
    )


def domains_in(typed: str) -> list[str]:
    """Mail domains as people type them, parted by commas or spaces."""
    return typed.replace(",", " ").split()
