"""The tickets behind a figure: a line for each ticket, message, due or rating that it counts."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from duly.desk.errors import NotFound
from duly.desk.queries.reports.backlog import BANDS
from duly.desk.queries.reports.behind import Figure, What, all_behind, behind
from duly.desk.tickets.rating import Verdict
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.reports import asking, frame
from duly.web.reports.csv import download


@agents("GET")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show them."""
    figure = figure_asked(request, visit)
    return page(
        request,
        "reports/tickets.html",
        visit,
        **frame.in_period(visit, "tickets", figure.period, asking.rest_of(request)),
        shown=behind(visit.actor, figure, visit.at),
        is_now=figure.what is What.UNFINISHED,
        title=_title(figure.what),
        when=_when(figure.what),
    )


@agents("GET")
def show_file(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Download all of them."""
    figure = figure_asked(request, visit)
    rows = all_behind(visit.actor, figure, visit.at)
    heads = ("ticket", "subject", "organisation", f"{figure.what.value}_at")
    told = ((each.number, each.subject, each.organisation, each.at) for each in rows)
    return download(f"tickets-{figure.what.value}", heads, told)


def figure_asked(request: HttpRequest, visit: Visit) -> Figure:
    """Which figure an address is about.

    Raises:
        NotFound: it names none.
    """
    what, verdict = request.GET.get("what", ""), request.GET.get("verdict", "")
    if what not in tuple(What):
        raise NotFound
    found = asking.asked(request, visit)
    return Figure(
        what=What(what),
        period=found.period,
        only=tuple(found.only.items()),
        weekday=_one_of(request, "weekday", range(1, 8)),
        hour=_one_of(request, "hour", range(24)),
        band=_one_of(request, "band", range(len(BANDS) + 1)),
        verdict=Verdict(verdict) if verdict in tuple(Verdict) else None,
    )


def week_of(monday: date, first: date, last: date) -> dict[str, str]:
    """The days of a week that lie in a period, as an address says them."""
    begins, ends = max(monday, first), min(monday + timedelta(days=6), last)
    return {"first": begins.isoformat(), "last": ends.isoformat()}


def _one_of(request: HttpRequest, name: str, known: Iterable[int]) -> int | None:
    asked = request.GET.get(name, "")
    return next((each for each in known if str(each) == asked), None)


def _title(what: What) -> str:
    return {
        What.OPENED: _("Tickets opened"),
        What.RESOLVED: _("Tickets resolved"),
        What.UNFINISHED: _("Tickets unfinished now"),
        What.WRITTEN: _("Messages of customers"),
        What.DUE: _("Promises due"),
        What.RATED: _("Ratings"),
    }[what]


def _when(what: What) -> str:
    return {
        What.OPENED: _("Opened"),
        What.RESOLVED: _("Resolved"),
        What.UNFINISHED: _("Opened"),
        What.WRITTEN: _("Written"),
        What.DUE: _("Due"),
        What.RATED: _("Rated"),
    }[what]
