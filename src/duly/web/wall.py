"""The wall: what is due next, to be read from across the room; agents see it, and screens with a signed address."""

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from duly.desk.queries.wall import Wall
from duly.web.access import Visit
from duly.web.fresh import fresh_address
from duly.web.pages import page
from duly.web.state import tails

_signer = Signer(salt="duly.web.wall")


def address_of(screen_id: int) -> str:
    """The address of a screen: nobody can guess it, and it is the same each time it is looked up."""
    return reverse("screen", args=[_signer.sign(str(screen_id))])


def screen_of(secret: str) -> int:
    """The screen that an address is of.

    Raises:
        Http404: it was not made here.
    """
    try:
        return int(_signer.unsign(secret))
    except BadSignature as wrong:
        raise Http404 from wrong


def wall_page(
    request: HttpRequest, wall: Wall, number: int, visit: Visit | None = None
) -> HttpResponse:
    """Render the wall; the number was read before it, so that nothing in between is overlooked."""
    return page(
        request,
        "ui/wall/wall.html",
        visit,
        wall=wall,
        number=number,
        fresh=fresh_address(),
        tails=tails(),
    )
