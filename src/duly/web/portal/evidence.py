"""The evidence of a ticket, for its customer: the same promises and sums, nothing internal."""

from django.http import HttpRequest, HttpResponse

from duly.desk.queries.evidence import evidence
from duly.web.access import Visit, customers
from duly.web.evidence import evidence_file
from duly.web.pages import page
from duly.web.state import said_to_customers


@customers("GET")
def show_evidence(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show it as a page that can be printed."""
    told = evidence(visit.actor, number, visit.at, internal=False)
    return page(
        request,
        "portal/evidence.html",
        visit,
        here="tickets",
        evidence=told,
        said=said_to_customers,
    )


@customers("GET")
def download_evidence(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:  # noqa: ARG001
    """Give it as a file."""
    return evidence_file(visit, number, internal=False)
