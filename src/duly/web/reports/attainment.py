"""Attainment: how many promises were kept, summed as asked, and the promises behind each figure."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from duly.core.clock.values import Kind
from duly.desk.queries.reports.attainment import Asked, Attained, By, Group, attained
from duly.desk.queries.reports.promises import Outcome
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.reports import asking, frame
from duly.web.reports.csv import Cell, download
from duly.web.reports.groups import by_words, group_name
from duly.web.ui.chart.bars import Bar, bars
from duly.web.ui.clock.face import KINDS
from duly.web.words import Reader

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
        together=_line("", Group("", "", "", None, found.binding, found.suggested), asked),
        chart=_chart(found, by, visit.reader),
        by=by,
        bys=by_words(),
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


def _lines(found: Attained, asked: Asked, by: By, reader: Reader) -> Iterator[Line]:
    for group in found.groups:
        yield _line(group_name(group, by, reader), group, asked.narrowed(by, group.key))


def _line(name: str, group: Group, asked: Asked) -> Line:
    words = asking.words_of(asked)
    binding = words | {"binding": "yes"}
    return Line(
        name,
        group,
        asking.address("promises", binding),
        asking.address("promises", binding, outcome=Outcome.MISSED.value),
        asking.address("promises", words, binding="no"),
    )


def _chart(found: Attained, by: By, reader: Reader) -> list[Bar]:
    """The share of each group as a bar; months run forward in time."""
    groups = [group for group in found.groups if group.binding.of]
    if by is By.MONTH:
        groups.reverse()
    return bars(
        [
            (group_name(group, by, reader), float(group.binding.percent or 0), group.binding.of)
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
