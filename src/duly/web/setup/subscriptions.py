"""All subscriptions: who holds what, until when, and how much of it is used."""

from django.http import HttpRequest, HttpResponse

from duly.desk.queries.subscriptions import overview
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.setup import frame
from duly.web.typed import whole


@agents("GET")
def show_all(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List a page of them by the organisation's name."""
    after = whole(request.GET.get("after", "")) or 0
    return page(
        request,
        "setup/subscriptions.html",
        visit,
        **frame.around(visit, "subscriptions"),
        shown=overview(visit.actor, visit.at, after=after),
    )
