"""Satisfaction: how customers found the help, and in which words."""

from collections.abc import Iterator
from typing import cast, get_args

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from duly.desk.access.reports import may_see_reports
from duly.desk.access.require import require
from duly.desk.queries.reports.behind import What
from duly.desk.queries.reports.period import Period, month_of
from duly.desk.queries.satisfaction import By, Said, Satisfied, satisfaction, what_was_said
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.reports import asking, frame
from duly.web.reports.csv import Cell, download
from duly.web.ui.chart.bars import bars
from duly.web.words import Reader, month


@agents("GET")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the shares and the words."""
    require(may_see_reports(visit.actor))
    period, by = asking.period_asked(request, visit), _by(request)
    found = satisfaction(
        visit.actor, period.begins_at, period.ends_at, by=by, zone=visit.reader.zone
    )
    words = {"first": period.first.isoformat(), "last": period.last.isoformat(), "by": by}
    drawn = list(reversed(found)) if by == "month" else list(found)
    return page(
        request,
        "reports/satisfaction.html",
        visit,
        **frame.in_period(visit, "satisfaction", period, words),
        lines=[
            (_name(each, by, visit.reader), each.share, _address(each, by, period))
            for each in found
        ],
        said=what_was_said(visit.actor, period.begins_at, period.ends_at),
        chart=bars(
            [
                (_name(each, by, visit.reader), float(each.share.percent or 0), each.share.of)
                for each in drawn
            ]
        ),
        by=by,
        bys=[("month", _("Month")), ("organisation", _("Organisation")), ("team", _("Team"))],
    )


@agents("GET")
def show_file(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Download every rating of the period."""
    require(may_see_reports(visit.actor))
    period = asking.period_asked(request, visit)
    said = what_was_said(visit.actor, period.begins_at, period.ends_at)
    return download(
        "satisfaction", ("ticket", "subject", "rated_at", "verdict", "words"), _rows(said)
    )


def _rows(said: tuple[Said, ...]) -> Iterator[tuple[Cell, ...]]:
    for each in said:
        verdict = "good" if each.is_good else "poor"
        yield (each.number, each.subject, each.rated_at, verdict, each.words)


def _address(each: Satisfied, by: By, period: Period) -> str:
    """Where the ratings of a group are listed."""
    counted = period
    words = {"what": What.RATED.value}
    if each.first is not None:
        month = month_of(each.first, period.zone)
        counted = Period(max(month.first, period.first), min(month.last, period.last), period.zone)
    else:
        words[by] = str(each.key or "")
    days = {"first": counted.first.isoformat(), "last": counted.last.isoformat()}
    return asking.address("tickets", days | words)


def _by(request: HttpRequest) -> By:
    by = request.GET.get("by", "")
    return cast("By", by) if by in get_args(By) else "month"


def _name(each: Satisfied, by: By, reader: Reader) -> str:
    if each.first is not None:
        return month(each.first, reader)
    return each.name or (_("no team") if by == "team" else _("no organisation"))
