"""The promises behind a figure: which tickets it counts."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from duly.desk.clocks.clock import Clock
from duly.desk.queries.reports.promises import (
    Behind,
    Outcome,
    Settled,
    Which,
    chosen,
    lines_of,
    listed,
)
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.reports import asking, frame
from duly.web.reports.csv import Cell, download
from duly.web.ui.clock.face import KINDS

BATCH = 500
HEADS = (
    *("ticket", "subject", "organisation", "team", "policy", "plan", "priority", "promise"),
    *("cycle", "target", "binding", "kept", "started_at", "due_at", "met_at", "late_seconds"),
)


@agents("GET")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the promises behind a figure."""
    asked, which = asking.asked(request, visit), asking.which_asked(request)
    found = listed(visit.actor, asked, which, asking.behind_asked(request))
    words = asking.words_of(asked) | _which_words(which)
    return page(
        request,
        "reports/promises.html",
        visit,
        **frame.in_period(visit, "promises", asked.period, words),
        shown=found,
        title=_title(which),
        kind_names=KINDS,
        next=f"?{urlencode(words | {'after': _behind(found.behind)})}" if found.behind else "",
    )


@agents("GET")
def show_file(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Download the promises behind a figure, all of them."""
    rows = chosen(visit.actor, asking.asked(request, visit), asking.which_asked(request))
    return download("promises", HEADS, map(told, settled_of(rows)))


def settled_of(rows: QuerySet[Clock]) -> Iterator[Settled]:
    """The lines of rows, some hundred read at a time."""
    found = rows.iterator(BATCH)
    while batch := list(islice(found, BATCH)):
        yield from lines_of(batch)


def told(line: Settled) -> tuple[Cell, ...]:
    """A promise as a line of a file."""
    return (
        line.ticket,
        line.subject,
        line.organisation,
        line.team,
        line.policy,
        line.plan,
        line.level.name if line.level else line.priority,
        line.kind.value,
        line.cycle,
        line.target,
        "yes" if line.is_binding else "no",
        "yes" if line.is_kept else "no",
        line.started_at,
        line.due_at,
        line.met_at,
        line.late_seconds,
    )


def _title(which: Which) -> str:
    if which.is_binding is False:
        return _("Suggested targets")
    match which.outcome:
        case Outcome.MISSED:
            return _("Promises missed")
        case Outcome.KEPT:
            return _("Promises kept")
    return _("Promises")


def _which_words(which: Which) -> dict[str, str]:
    words = {"outcome": which.outcome.value} if which.outcome else {}
    if which.is_binding is not None:
        words["binding"] = "yes" if which.is_binding else "no"
    return words


def _behind(place: Behind) -> str:
    return f"{place.started_at.isoformat()},{place.pk}"
