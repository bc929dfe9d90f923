"""What went wrong, said once for all pages: unknown and forbidden look the same, nothing typed is lost."""

import logging
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.models import AnonymousUser
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from duly.desk.errors import DeskError, NotAllowed, NotFound
from duly.desk.queries.brand import Brand
from duly.web.access import SignedOut
from duly.web.brand import last_read
from duly.web.pages import page

logger = logging.getLogger(__name__)


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


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that what was sent could not be read at all, mostly because it is too long."""
    return _say(
        _bare(request),
        400,
        _("That could not be read"),
        _(
            "Nothing was sent: it is too long or damaged. "
            "Go back, your text is still in the form; shorten it, or attach a long text as a file."
        ),
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Say that a form had no valid token: an old page, or a form from elsewhere, whose words are not shown as ours."""
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    return _say(
        request,
        403,
        _("This form was open for too long"),
        _("Nothing was sent. Load the page again and send it once more."),
        written=_written(request) if is_ours else (),
    )


def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that a session ended while something was written, and give back what it was."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    where = {"next": urlsplit(came_from).path if is_ours else "/"}
    return _say(
        request,
        403,
        _("You were signed out meanwhile"),
        _(
            "Your session had ended, so nothing was sent. "
            "Sign in again in another tab, then send it once more."
        ),
        written=_written(request),
        sign_in=f"{reverse('account_login')}?{urlencode(where)}",
    )


class ExpectedFailures:
    """Middleware: maps what the domain expects to go wrong to pages, once for all views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; an address that takes only what a form sends says so to whoever looks at it."""
        answer = self._respond(request)
        if answer.status_code == 405 and not getattr(answer, "content", b""):
            said = _form_only(request)
            said["Allow"] = answer["Allow"]
            return said
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer an expected failure; anything else is a fault and stays one."""
        if isinstance(error, SignedOut):
            return signed_out(request)
        if isinstance(error, DataError):
            logger.error("Something was sent that no column holds", exc_info=error)
            return _too_large(request)
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


def _too_large(request: HttpRequest) -> HttpResponse:
    return _say(
        request,
        422,
        _("That could not be kept"),
        _("Something in it is longer or larger than the desk keeps. Nothing was changed."),
        written=_written(request),
    )


def _form_only(request: HttpRequest) -> HttpResponse:
    return _say(
        request,
        405,
        _("There is nothing to look at here"),
        _("This address only takes what a form sends. Go back to the page where you were."),
    )


def _written(request: HttpRequest) -> tuple[str, ...]:
    """Give what somebody wrote: words have spaces between them, what a page adds to a form has none."""
    sent = [(name, text) for name, texts in request.POST.lists() for text in texts]
    return tuple(text for name, text in sent if " " in text.strip() and "password" not in name)


def _say(
    request: HttpRequest,
    status: int,
    title: str,
    text: str,
    *,
    brand: Brand | None = None,
    written: tuple[str, ...] = (),
    sign_in: str = "",
) -> HttpResponse:
    return page(
        request,
        "public/error.html",
        status=status,
        title=title,
        text=text,
        brand=brand,
        written=written,
        sign_in=sign_in,
    )
