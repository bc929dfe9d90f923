"""The desk's own look on every page, read once in a few seconds."""

import time

from django.urls import reverse

from duly.desk.queries import brand as query
from duly.desk.queries.brand import DULYS_OWN, Brand

SECONDS = 5.0
"""How old what a page shows may be: the look changes once a year, and each page would ask for it."""
_read: tuple[float, Brand] | None = None


def brand() -> Brand:
    """Give the look."""
    global _read  # noqa: PLW0603 - one value for the process, replaced whole
    now = time.monotonic()
    if _read is None or now - _read[0] > SECONDS:
        _read = (now, query.brand())
    return _read[1]


def last_read() -> Brand:
    """Give the look without asking for it, however old it is."""
    return _read[1] if _read else DULYS_OWN


def forget() -> None:
    """Read it again for the next page: it was changed here."""
    global _read  # noqa: PLW0603
    _read = None


def style_address() -> str:
    """Where the colours are; empty while Duly's own are used."""
    found = brand()
    return reverse("brand-style", args=[found.edition]) if found.accent else ""


def logo_address() -> str:
    """Where the logo is; empty where there is none."""
    found = brand()
    return reverse("brand-logo", args=[found.edition]) if found.has_logo else ""
