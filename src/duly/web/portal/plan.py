"""What the customer's plan promises, and how it was kept."""

from django.http import HttpRequest, HttpResponse

from duly.desk.access.reports import may_see_review
from duly.desk.queries.agreement import agreement
from duly.web.access import Visit, customers
from duly.web.pages import page
from duly.web.ui.clock.face import KINDS


@customers("GET")
def show_plan(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the plans of every organisation that the customer belongs to."""
    return page(
        request,
        "portal/plan.html",
        visit,
        here="plan",
        agreements=[agreement(visit.actor, each, visit.at) for each in visit.actor.organisations],
        kind_names=KINDS,
        reviewed=[each for each in visit.actor.organisations if may_see_review(visit.actor, each)],
    )
