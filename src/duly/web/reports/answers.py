"""First answers and resolutions: how long they took, beside what was promised."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from duly.core.clock.values import Kind
from duly.desk.queries.reports.answers import KINDS as MEASURED
from duly.desk.queries.reports.answers import Answers, answers
from duly.desk.queries.reports.attainment import Asked, By
from duly.desk.queries.reports.promises import Outcome
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.reports import asking, frame
from duly.web.reports.csv import Cell, download
from duly.web.reports.groups import by_words, group_name
from duly.web.ui.chart.bars import bars
from duly.web.ui.clock.face import KINDS

HOUR = 3600


@agents("GET")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the medians and what nine of ten stayed under."""
    asked, by = asking.asked(request, visit), asking.by_asked(request)
    found = answers(visit.actor, asked, by)
    drawn = list(reversed(found)) if by is By.MONTH else list(found)
    first = [(each, each.took[Kind.FIRST_RESPONSE].median) for each in drawn]
    tallest = max((median or 0 for _each, median in first), default=0)
    return page(
        request,
        "reports/answers.html",
        visit,
        **frame.in_period(
            visit, "answers", asked.period, asking.words_of(asked) | {"by": by.value}
        ),
        lines=[
            (group_name(each.group, by, visit.reader), each, _addresses(asked, by, each))
            for each in found
        ],
        chart=bars(
            [
                (group_name(each.group, by, visit.reader), median / HOUR, each.group.binding.of)
                for each, median in first
                if median is not None
            ],
            tallest / HOUR,
        ),
        tallest=tallest,
        by=by,
        bys=by_words(without=By.KIND),
        measured=MEASURED,
        kind_names=KINDS,
    )


def _addresses(asked: Asked, by: By, each: Answers) -> dict[Kind, str]:
    """Where what was answered of each kind is listed."""
    words = asking.words_of(asked.narrowed(by, each.group.key))
    more = {"outcome": Outcome.ANSWERED.value}
    return {
        kind: asking.address("promises", words | more | {"kind": kind.value}) for kind in MEASURED
    }


@agents("GET")
def show_file(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Download them."""
    asked, by = asking.asked(request, visit), asking.by_asked(request)
    found = answers(visit.actor, asked, by)
    heads = [by.value, "of"]
    for kind in MEASURED:
        heads += [f"{kind.value}_{name}" for name in ("count", "median_s", "ninety_percent_s")]
    return download(f"answers-by-{by.value}", heads, map(_row, found))


def _row(each: Answers) -> Iterator[Cell]:
    yield each.group.month.isoformat()[:7] if each.group.month else each.group.name
    yield each.group.of
    for kind in MEASURED:
        took = each.took[kind]
        yield from (took.count, took.median, took.ninth)
