"""Rendering: every page gets its reader and its shell, and the small frozen values its query returned."""

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from duly.channels import wall_clock
from duly.desk.access.people import manages_any
from duly.desk.people.person import Person
from duly.web import brand
from duly.web.access import Visit
from duly.web.reading import reader_of, theme_of
from duly.web.words import Reader


def page(
    request: HttpRequest,
    template: str,
    visit: Visit | None = None,
    *,
    status: int = 200,
    **values: object,
) -> HttpResponse:
    """Render a page or a fragment for a visit, or for somebody who is not signed in."""
    values |= {
        "reader": _reader(request, visit),
        "actor_name": _name(request),
        "manages": visit is not None and manages_any(visit.actor),
        "theme": theme_of(request),
        "messages": get_messages(request),
        "brand": values.get("brand") or brand.brand(),
    }
    html = render_to_string(template, values, request=request, using="jinja2")
    response = HttpResponse(html, status=status)
    if visit is not None:
        response["Cache-Control"] = "no-store"
    return response


def _reader(request: HttpRequest, visit: Visit | None) -> Reader:
    return visit.reader if visit else reader_of(request, wall_clock.now())


def _name(request: HttpRequest) -> str:
    return str(request.user) if isinstance(request.user, Person) else ""
