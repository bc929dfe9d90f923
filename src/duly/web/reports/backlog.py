"""The backlog: its age by priority, and what came and went."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from duly.desk.queries.reports.backlog import BANDS, Backlog, backlog
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.reports import asking, frame
from duly.web.reports.csv import Cell, download
from duly.web.reports.tickets import week_of
from duly.web.ui.chart.pairs import Pair, pairs
from duly.web.words import Reader, short_day


@agents("GET")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show how old unfinished tickets are, and the weeks."""
    period = asking.period_asked(request, visit)
    found = backlog(visit.actor, period, visit.at)
    words = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return page(
        request,
        "reports/backlog.html",
        visit,
        **frame.in_period(visit, "backlog", period, words),
        found=found,
        bands=_bands(),
        totals=[sum(counts) for counts in zip(*(each.counts for each in found.ages), strict=True)],
        tickets=reverse("reports:tickets"),
        weeks=[
            (week, urlencode(week_of(week.monday, period.first, period.last)))
            for week in reversed(found.weeks)
        ],
        chart=_chart(found, visit.reader),
    )


@agents("GET")
def show_file(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Download both tables, one below the other."""
    found = backlog(visit.actor, asking.period_asked(request, visit), visit.at)
    heads = ("policy", "priority", *(f"up_to_{days}_days" for days in BANDS), "older")
    return download("backlog", heads, _rows(found))


def _rows(found: Backlog) -> Iterator[tuple[Cell, ...]]:
    for each in found.ages:
        yield (each.policy, each.level.name if each.level else each.priority, *each.counts)
    yield ()
    yield ("week", "opened", "resolved")
    for week in found.weeks:
        yield (week.monday.isoformat(), week.opened, week.resolved)


def _bands() -> list[str]:
    ends = [_("up to %(n)s d") % {"n": days} for days in BANDS]
    return [*ends, _("older")]


def _chart(found: Backlog, reader: Reader) -> tuple[int, list[Pair]]:
    return pairs(
        [(short_day(week.monday, reader), week.opened, week.resolved) for week in found.weeks]
    )
