"""What went wrong, said once for all pages: unknown and forbidden look the same, nothing typed is lost."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from duly.desk.errors import DeskError, NotAllowed, NotFound
from duly.desk.queries.brand import Brand
from duly.web.brand import last_read
from duly.web.pages import page


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that there is nothing here, or nothing for this reader."""
    return _say(
        request,
        404,
        _("There is nothing here"),
        _(
            "No page has this address, or it is not yours to see. Check the address, or go back to the start."
        ),
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the desk itself failed; rendered without asking the database."""
    return _say(
        _bare(request),
        500,
        _("Something broke on our side"),
        _(
            "It was recorded. What you had sent may not have arrived: "
            "go back, your text is still in the form, and send it again."
        ),
        brand=last_read(),
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Say that a form had no valid token: an old page, or a form from elsewhere."""
    return _say(
        request,
        403,
        _("This form was open for too long"),
        _(
            "Nothing was sent. Go back, load the page again and send it once more; your draft was kept."
        ),
    )


class ExpectedFailures:
    """Middleware: maps what the domain expects to go wrong to pages, once for all views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self._respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer an expected failure; anything else is a fault and stays one."""
        return _refused(request, error) if isinstance(error, DeskError) else None


def _refused(request: HttpRequest, error: DeskError) -> HttpResponse:
    if isinstance(error, NotFound):
        return not_found(request)
    status, title = (
        (403, _("You may not do this"))
        if isinstance(error, NotAllowed)
        else (409, _("That was not possible"))
    )
    return _say(request, status, title, str(error))


def _bare(request: HttpRequest) -> HttpRequest:
    """Give the same request without person and session: what broke may have been the database."""
    bare = HttpRequest()
    bare.META, bare.COOKIES, bare.user = request.META, request.COOKIES, AnonymousUser()
    return bare


def _say(
    request: HttpRequest, status: int, title: str, text: str, *, brand: Brand | None = None
) -> HttpResponse:
    return page(request, "public/error.html", status=status, title=title, text=text, brand=brand)
