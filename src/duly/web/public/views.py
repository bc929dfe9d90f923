"""The way in, the switch of colours, and the files that pages are drawn with."""

from pathlib import PurePosixPath

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from duly.web import assets
from duly.web.access import Visit, anybody, people
from duly.web.reading import THEMES

TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


@people("GET")
def home(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001
    """Lead everybody to the page they came for: agents to the queue, customers to their tickets."""
    return redirect("agent:queue" if visit.actor.is_agent else "portal:home")


@anybody("POST")
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the colours that somebody asked for; the empty choice follows the system again."""
    chosen = request.POST.get("theme", "")
    response = redirect(_back(request))
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=31_536_000, samesite="Lax", httponly=True)
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def _back(request: HttpRequest) -> str:
    """Give the page the request came from, if it is one of ours."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
        return came_from
    return "/"


@anybody("GET")
def asset(request: HttpRequest, edition: str, name: str) -> HttpResponse:  # noqa: ARG001 - it only names
    """Serve a style, script or font; its address names its content, so browsers may keep it for a year."""
    content = assets.contents().get(name)
    if content is None:
        raise Http404
    zipped = "gzip" in request.headers.get("Accept-Encoding", "") and not name.endswith(".woff2")
    response = HttpResponse(
        assets.compressed(name) if zipped else content,
        content_type=TYPES[PurePosixPath(name).suffix],
    )
    if zipped:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
