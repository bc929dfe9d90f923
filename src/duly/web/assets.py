"""Styles, scripts and fonts: read once, served under an address that names their content."""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from django.urls import reverse
from django.utils.text import compress_string

UI = Path(__file__).parent / "ui"
LAYERS = b"@layer tokens, base, layout, components, rooms;\n"


@cache
def contents() -> dict[str, bytes]:
    """Every asset by name: one style sheet of all components, each script and font by itself."""
    styles = sorted(UI.glob("*/*.css"))
    return {
        "duly.css": LAYERS + b"\n".join(path.read_bytes() for path in styles),
        "htmx.js": (files("django_htmx") / "static/django_htmx/htmx-2.min.js").read_bytes(),
        **{path.name: path.read_bytes() for path in UI.glob("script/*.js")},
        **{path.name: path.read_bytes() for path in UI.glob("fonts/*.woff2")},
        **{path.name: path.read_bytes() for path in UI.glob("layout/*.svg")},
    }


@cache
def edition() -> str:
    """Name the content of all assets together, so that a new release has new addresses."""
    digest = hashlib.sha256()
    for name, content in sorted(contents().items()):
        digest.update(name.encode() + content)
    return digest.hexdigest()[:12]


@cache
def compressed(name: str) -> bytes:
    """The gzipped bytes of one asset."""
    return compress_string(contents()[name])


def address(name: str) -> str:
    """The address of an asset for a page.

    Raises:
        KeyError: there is no such asset: a slip in a template.
    """
    if name not in contents():
        raise KeyError(name)
    return reverse("asset", args=[edition(), name])
