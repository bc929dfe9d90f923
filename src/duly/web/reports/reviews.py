"""Service reviews: which customers had promises in a month, and the review of each, which prints well."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from duly.desk.queries.reports.attainment import Asked, By, attained
from duly.desk.queries.reports.behind import What
from duly.desk.queries.reports.period import month_of, months_before
from duly.desk.queries.reports.review import Review, promises_of, review
from duly.web.access import Visit, agents, customers
from duly.web.pages import page
from duly.web.reports import asking, frame
from duly.web.reports.csv import download
from duly.web.reports.promises import HEADS, settled_of, told
from duly.web.state import state_for_agents, state_for_customers
from duly.web.typed import calendar_day
from duly.web.ui.clock.face import KINDS

MONTHS = 12


@agents("GET")
def show_all(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the customers with promises in a month."""
    this = visit.at.astimezone(visit.reader.zone).date().replace(day=1)
    first = calendar_day(f"{request.GET.get('month', '')}-01") or months_before(this, 1)
    asked = Asked(month_of(first, visit.reader.zone))
    return page(
        request,
        "reports/reviews.html",
        visit,
        **frame.around(visit, "reviews"),
        first=first,
        month=_month(first),
        found=attained(visit.actor, asked, By.ORGANISATION),
        months=[(_month(each), each) for each in (months_before(this, n) for n in range(MONTHS))],
    )


@agents("GET")
def show(request: HttpRequest, visit: Visit, organisation: int, month: str) -> HttpResponse:
    """Show a customer's review to the desk."""
    around = frame.around(visit, "reviews")
    return _review_page(request, visit, organisation, month, "reports", **around)


@agents("GET")
def show_file(
    _request: HttpRequest, visit: Visit, organisation: int, month: str
) -> HttpResponseBase:
    """Download its promises."""
    return _file(visit, organisation, month)


@customers("GET")
def show_own(request: HttpRequest, visit: Visit, organisation: int, month: str) -> HttpResponse:
    """Show it to who manages the organisation for the customer."""
    return _review_page(request, visit, organisation, month, "portal", here="plan")


@customers("GET")
def show_own_file(
    _request: HttpRequest, visit: Visit, organisation: int, month: str
) -> HttpResponseBase:
    """Download its promises."""
    return _file(visit, organisation, month)


def _review_page(
    request: HttpRequest,
    visit: Visit,
    organisation: int,
    month: str,
    room: str,
    **around: Any,
) -> HttpResponse:
    first = _first_of(month)
    is_desk = room == "reports"
    return page(
        request,
        "reports/review.html",
        visit,
        **around,
        layout=f"ui/layout/{'workspace' if is_desk else 'portal'}.html",
        tickets="agent" if is_desk else "portal",
        state=state_for_agents if is_desk else state_for_customers,
        shown=(shown := review(visit.actor, organisation, first, visit.at)),
        behind=_behind(shown) if is_desk else None,
        kind_names=KINDS,
        first=first,
        earlier=reverse(f"{room}:review", args=[organisation, _month(months_before(first, 1))]),
        later=reverse(f"{room}:review", args=[organisation, _month(months_before(first, -1))]),
        as_csv=reverse(f"{room}:review-csv", args=[organisation, month]),
    )


def _behind(shown: Review) -> dict[str, str]:
    """Where the desk finds what the review counts, in the customer's zone; customers read their tickets below."""
    words = asking.words_of(
        Asked(shown.period).narrowed(By.ORGANISATION, str(shown.organisation_id))
    )
    words |= {"zone": shown.period.zone.key}
    counted = {what.value: asking.address("tickets", words, what=what.value) for what in What}
    promises = {"yes": "binding", "no": "suggested"}
    return counted | {
        name: asking.address("promises", words, binding=binding)
        for binding, name in promises.items()
    }


def _file(visit: Visit, organisation: int, month: str) -> HttpResponseBase:
    rows = promises_of(visit.actor, organisation, _first_of(month))
    return download(f"review-{organisation}-{month}", HEADS, map(told, settled_of(rows)))


def _month(first: date) -> str:
    return first.isoformat()[:7]


def _first_of(month: str) -> date:
    first = calendar_day(f"{month}-01")
    if first is None:
        raise Http404
    return first
