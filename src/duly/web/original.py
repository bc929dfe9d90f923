"""A mail as it was sent, in a frame of its own: no scripts, no forms, no origin, no pictures from elsewhere."""

import base64
import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape

from duly.channels.sanitise import sanitised
from duly.desk.queries.attachments import original
from duly.web.access import Visit, people
from duly.web.files import picture_address

STYLE = (
    "body{margin:12px;font:14px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;overflow-wrap:anywhere}"
    "img{max-width:100%;height:auto}pre{white-space:pre-wrap}"
    "blockquote{margin-inline:0;padding-inline-start:12px;border-inline-start:2px solid #ccc}"
)
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
SANDBOX = "sandbox allow-popups allow-popups-to-escape-sandbox"
"""Links open beside the desk; nothing in the frame runs, submits or shares our origin."""


@people("GET")
def show(request: HttpRequest, visit: Visit, message: int) -> HttpResponse:
    """Show the HTML of a message; with `pictures`, those from elsewhere too."""
    found = original(visit.actor, message)
    elsewhere = "pictures" in request.GET

    def address(content_id: str) -> str | None:
        number = found.pictures.get(content_id)
        return picture_address(visit.person, number) if number else None

    html = sanitised(found.html, pictures=elsewhere, enclosed=address)
    response = HttpResponse(_document(html, visit.reader.locale.language))
    response["Content-Security-Policy"] = _policy(request, elsewhere)
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response


def _document(html: str, language: str) -> str:
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<title>·</title><base target="_blank"><style>{STYLE}</style></head><body>{html}</body></html>'
    )


def _policy(request: HttpRequest, elsewhere: bool) -> str:
    # A frame without origin is not 'self': our pictures are named by our address.
    pictures = f"{request.scheme}://{request.get_host()}" + (" https: http:" if elsewhere else "")
    return (
        f"{SANDBOX}; default-src 'none'; style-src 'sha256-{STYLE_HASH}'; img-src {pictures}; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
    )
