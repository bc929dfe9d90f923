"""Attainment: how many promises were kept, summed as asked, and the promises behind each figure."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from duly.core.clock.values import Kind
from duly.desk.clocks.clock import Clock
from duly.desk.queries.reports.attainment import Asked, Attained, By, Group, attained
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
from duly.web.ui.chart.bars import Bar, bars
from duly.web.ui.clock.face import KINDS
from duly.web.words import Reader, month

BATCH = 500


@dataclass(frozen=True, slots=True)
class Line:
    """A group with the words for it, and the addresses of its promises and of those missed."""

    name: str
    group: Group
    all: str
    missed: str
    suggested: str


@agents("GET")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the sums."""
    asked, by = asking.asked(request, visit), asking.by_asked(request)
    words = asking.words_of(asked)
    found = attained(visit.actor, asked, by)
    return page(
        request,
        "reports/attainment.html",
        visit,
        **frame.in_period(visit, "attainment", asked.period, words | {"by": by.value}),
        found=found,
        lines=list(_lines(found, asked, by, visit.reader)),
        chart=_chart(found, by, visit.reader),
        by=by,
        bys=[(each.value, label) for each, label in _bys().items()],
        kind=asked.kind,
        kinds=[(kind.value, str(KINDS[kind])) for kind in Kind],
        narrowed=bool(asked.only),
    )


@agents("GET")
def show_file(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Download the sums."""
    asked, by = asking.asked(request, visit), asking.by_asked(request)
    found = attained(visit.actor, asked, by)
    heads = (by.value, "of", "kept", "settled", "percent", "suggested_kept", "suggested_settled")
    return download(f"promises-by-{by.value}", heads, map(_row, found.groups))


@agents("GET")
def show_promises(request: HttpRequest, visit: Visit) -> HttpResponse:
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
def show_promises_file(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Download the promises behind a figure, all of them."""
    rows = chosen(visit.actor, asking.asked(request, visit), asking.which_asked(request))
    heads = ["ticket", "subject", "organisation", "team", "policy", "plan", "priority", "promise"]
    heads += ["cycle", "target", "binding", "kept", "started_at", "due_at", "met_at"]
    return download("promises", [*heads, "late_seconds"], map(_told, _settled(rows)))


def _settled(rows: QuerySet[Clock]) -> Iterator[Settled]:
    found = rows.iterator(BATCH)
    while batch := list(islice(found, BATCH)):
        yield from lines_of(batch)


def _told(line: Settled) -> tuple[Cell, ...]:
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


def _lines(found: Attained, asked: Asked, by: By, reader: Reader) -> Iterator[Line]:
    for group in found.groups:
        words = asking.words_of(asked.narrowed(by, group.key))
        binding = words | {"binding": "yes"}
        yield Line(
            _name(group, by, reader),
            group,
            asking.address("promises", binding),
            asking.address("promises", binding, outcome=Outcome.MISSED.value),
            asking.address("promises", words, binding="no"),
        )


def _name(group: Group, by: By, reader: Reader) -> str:
    if group.month is not None:
        return month(group.month, reader)
    if by is By.KIND:
        return str(KINDS[Kind(group.key)])
    if group.name:
        return group.name
    return _("no organisation") if by is By.ORGANISATION else _("no team")


def _chart(found: Attained, by: By, reader: Reader) -> list[Bar]:
    """The share of each group as a bar; months run forward in time."""
    groups = [group for group in found.groups if group.binding.of]
    if by is By.MONTH:
        groups.reverse()
    return bars(
        [
            (_name(group, by, reader), float(group.binding.percent or 0), group.binding.of)
            for group in groups
        ]
    )


def _row(group: Group) -> tuple[Cell, ...]:
    name = group.month.isoformat()[:7] if group.month else group.name
    binding, suggested = group.binding, group.suggested
    return (
        name,
        group.of,
        binding.kept,
        binding.of,
        binding.percent,
        suggested.kept,
        suggested.of,
    )


def _bys() -> dict[By, str]:
    return {
        By.MONTH: _("Month"),
        By.PLAN: _("Plan"),
        By.PRIORITY: _("Priority"),
        By.ORGANISATION: _("Organisation"),
        By.TEAM: _("Team"),
        By.KIND: _("Promise"),
    }


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
