"""The promises behind a figure: which tickets it counts."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from duly.desk.clocks.clock import Clock
from duly.desk.queries.fields import keys_in_order, values_of
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
    words |= {"zone": asked.period.zone.key} if "zone" in request.GET else {}
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
    """Download the promises behind a figure, all of them, with the desk's own fields of their tickets."""
    rows = chosen(visit.actor, asking.asked(request, visit), asking.which_asked(request))
    keys = keys_in_order()
    return download("promises", (*HEADS, *map("field:{}".format, keys)), _with_fields(rows, keys))


def _with_fields(rows: QuerySet[Clock], keys: tuple[str, ...]) -> Iterator[tuple[Cell, ...]]:
    """Lines of the file, each with what stands in the desk's own fields of its ticket."""
    for batch in _batches(rows):
        values = values_of({row.ticket_id for row in batch})
        for row, line in zip(batch, lines_of(batch), strict=True):
            yield (*told(line), *(values.get((row.ticket_id, key)) for key in keys))


def settled_of(rows: QuerySet[Clock]) -> Iterator[Settled]:
    """The lines of rows, some hundred read at a time."""
    for batch in _batches(rows):
        yield from lines_of(batch)


def _batches(rows: QuerySet[Clock]) -> Iterator[list[Clock]]:
    found = rows.iterator(BATCH)
    while batch := list(islice(found, BATCH)):
        yield batch


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
        case Outcome.ANSWERED:
            return _("Promises answered")
    return _("Promises")


def _which_words(which: Which) -> dict[str, str]:
    words = {"outcome": which.outcome.value} if which.outcome else {}
    if which.is_binding is not None:
        words["binding"] = "yes" if which.is_binding else "no"
    return words


def _behind(place: Behind) -> str:
    return f"{place.started_at.isoformat()},{place.pk}"
