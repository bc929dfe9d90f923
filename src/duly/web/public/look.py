"""The desk's own colours and logo as files, at addresses that name their content."""

from django.http import Http404, HttpRequest, HttpResponse

from duly.desk.queries.brand import brand, logo, shades
from duly.web.access import anybody


@anybody("GET")
def style(request: HttpRequest, edition: str) -> HttpResponse:  # noqa: ARG001 - it only names
    """Serve the colours; the address names them, so browsers may keep them."""
    found = brand()
    if not found.accent:
        raise Http404
    painted = shades(found.accent)
    names = ("accent", "accent-deep", "accent-wash", "on-accent")
    pairs = zip(names, painted.light, painted.dark, strict=True)
    lines = "".join(f"--{name}: light-dark({light}, {dark}); " for name, light, dark in pairs)
    css = f"@layer tokens {{ :root {{ {lines}}} }}\n"
    return _kept(HttpResponse(css, content_type="text/css; charset=utf-8"))


@anybody("GET")
def picture(request: HttpRequest, edition: str) -> HttpResponse:  # noqa: ARG001
    """Serve the logo, as the picture that it is and nothing else."""
    content, kind = logo()
    if not content:
        raise Http404
    return _kept(HttpResponse(content, content_type=kind))


def _kept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
