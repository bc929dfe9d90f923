"""The first page of Setup: what an empty desk needs first, its parts, and what each is for."""

from django.http import HttpRequest, HttpResponse

from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.setup import frame
from duly.web.setup.first import shown_steps


@agents("GET")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the parts that the reader may open."""
    steps = list(shown_steps(visit.actor))
    return page(request, "setup/home.html", visit, **frame.around(visit), steps=steps)
