"""The first page of Setup: its parts, and what each is for."""

from django.http import HttpRequest, HttpResponse

from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.setup import frame


@agents("GET")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the parts that the reader may open."""
    return page(request, "setup/home.html", visit, **frame.around(visit))
