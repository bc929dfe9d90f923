"""Load by the hour of the week against cover."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from duly.desk.queries.reports.hours import Hours, hours
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.reports import asking, frame
from duly.web.reports.csv import Cell, download
from duly.web.ui.chart.week import week
from duly.web.words import Reader, weekday

MONDAY = date(2024, 1, 1)
"""A Monday, for the names of the days."""


@agents("GET")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the week."""
    found = _found(request, visit)
    words = {"first": found.period.first.isoformat(), "last": found.period.last.isoformat()}
    return page(
        request,
        "reports/hours.html",
        visit,
        **frame.in_period(visit, "hours", found.period, words),
        found=found,
        tickets=asking.address("tickets", words),
        days=_days(visit.reader),
        by_hour=[[cell for cell in found.cells if cell.hour == hour] for hour in range(24)],
        chart=week(found.cells),
        uncovered=sum(cell.messages for cell in found.cells if not cell.agents),
        written=sum(cell.messages for cell in found.cells),
    )


@agents("GET")
def show_file(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Download the hours."""
    heads = ("weekday", "hour", "messages", "promises_due", "agents_at_work")
    return download("load-and-cover", heads, _rows(_found(request, visit)))


def _found(request: HttpRequest, visit: Visit) -> Hours:
    return hours(visit.actor, asking.period_asked(request, visit))


def _rows(found: Hours) -> Iterator[tuple[Cell, ...]]:
    for cell in found.cells:
        yield (cell.weekday, cell.hour, cell.messages, cell.due, f"{cell.agents:.2f}")


def _days(reader: Reader) -> list[str]:
    return [weekday(MONDAY + timedelta(days=day), reader) for day in range(7)]
