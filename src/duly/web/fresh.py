"""The cheap question of an open page: has anything happened since I was drawn?

The page carries a signed name of what it shows, so the answer needs no session: one statement, 304 when nothing
changed. An agent's ticket names its reader too, who is seen to be there for as long as their page asks. The answer is a
bare tag; what is new, and who else is there, is shown only to those whom the page itself is shown again.
"""

from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse

from duly.channels import wall_clock
from duly.desk.actions.tickets.look import look
from duly.desk.queries.freshness import desk_number, ticket_number
from duly.web.access import anybody

DAY = 86_400
_signer = TimestampSigner(salt="duly.web.fresh")


def fresh_address(ticket_id: int | None = None, looker: int | None = None) -> str:
    """The address that a page asks: of one ticket, or of the whole desk; `looker` is the agent who looks."""
    return reverse("fresh", args=[_signer.sign(f"{ticket_id or 0}.{looker or 0}")])


@anybody("GET")
def fresh(request: HttpRequest, subject: str) -> HttpResponse:
    """Answer with the tag, or with 304 when the page has it already."""
    try:
        ticket_id, looker = map(int, _signer.unsign(subject, max_age=DAY).split("."))
    except BadSignature as wrong:
        raise Http404 from wrong
    tag = _tag(ticket_id, looker, is_writing="writing" in request.GET)
    if request.headers.get("If-None-Match") == f'"{tag}"':
        return HttpResponseNotModified()
    return HttpResponse(tag, content_type="text/plain", headers={"ETag": f'"{tag}"'})


def _tag(ticket_id: int, looker: int, *, is_writing: bool) -> str:
    if ticket_id and looker:
        return look(
            ticket_id=ticket_id, person_id=looker, is_writing=is_writing, at=wall_clock.now()
        )
    return str(ticket_number(ticket_id) if ticket_id else desk_number())
