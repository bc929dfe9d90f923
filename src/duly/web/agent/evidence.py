"""The evidence of a ticket, for agents: internal events included."""

from django.http import HttpRequest, HttpResponse

from duly.desk.queries.evidence import evidence
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.evidence import evidence_file
from duly.web.pages import page
from duly.web.state import said


@agents("GET")
def show_evidence(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show it as a page that can be printed."""
    told = evidence(visit.actor, number, visit.at, internal=True)
    around = shell.around(visit.actor)
    return page(request, "agent/evidence.html", visit, **around, evidence=told, said=said)


@agents("GET")
def download_evidence(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:  # noqa: ARG001
    """Give it as a file."""
    return evidence_file(visit, number, internal=True)
