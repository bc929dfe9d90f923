"""The cheap question of an open page: has anything happened since I was drawn?

The page carries a signed name of what it shows, so the answer needs no session: one statement, 304 when nothing rose.
The answer is a bare number; what is new is shown only to those whom the page itself is shown again.
"""

from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse

from duly.desk.queries.freshness import desk_number, ticket_number
from duly.web.access import anybody

DAY = 86_400
_signer = TimestampSigner(salt="duly.web.fresh")


def fresh_address(ticket_id: int | None = None) -> str:
    """The address that a page asks: of one ticket, or of the whole desk."""
    return reverse("fresh", args=[_signer.sign(str(ticket_id or 0))])


@anybody("GET")
def fresh(request: HttpRequest, subject: str) -> HttpResponse:
    """Answer with the number, or with 304 when the page has it already."""
    try:
        ticket_id = int(_signer.unsign(subject, max_age=DAY))
    except BadSignature as wrong:
        raise Http404 from wrong
    number = ticket_number(ticket_id) if ticket_id else desk_number()
    tag = f'"{number}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    return HttpResponse(str(number), content_type="text/plain", headers={"ETag": tag})
