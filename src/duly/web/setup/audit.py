"""The audit: who did what to the desk and when, filtered, page by page, as a file, with its seals."""

import csv
import json
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase

from duly.desk.actions.setup.export_audit import export_audit
from duly.desk.queries.audit import Line, Sought, audit_lines, audit_page, chain_checked
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.setup import frame
from duly.web.setup.audit_words import ACTS
from duly.web.typed import calendar_day, whole

COLUMNS = ("id", "at", "who", "via", "act", "subject_kind", "subject", "facts")


@agents("GET")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the newest entries that were sought; the chain is worked out again when that is asked for."""
    sought = _sought(request.GET)
    shown = audit_page(visit.actor, sought)
    older = request.GET.copy()
    older["before"] = str(shown.older)
    return page(
        request,
        "setup/audit.html",
        visit,
        **frame.around(visit, "audit"),
        shown=shown,
        sought=sought,
        older=f"?{older.urlencode()}" if shown.older else "",
        acts=sorted(((act, str(said)) for act, said in ACTS.items()), key=lambda each: each[1]),
        words=ACTS,
        chain=chain_checked(visit.actor) if "check" in request.GET else None,
    )


@agents("POST")
def export(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Give everything that was sought as a file of comma-separated values; the audit notes that it left."""
    export_audit(actor=visit.actor, at=visit.at)
    sought = _sought(request.POST)
    lines = audit_lines(visit.actor, sought)
    answer = StreamingHttpResponse(_csv(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="audit-{visit.at:%Y-%m-%d}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


class _Echo:
    """What a CSV writer writes into, to get each line back."""

    def write(self, line: str) -> str:
        return line


def _csv(lines: Iterator[Line]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for line in lines:
        values = [getattr(line, name) for name in COLUMNS[:-1]]
        values[1] = line.at.isoformat()
        facts = json.dumps(line.facts, ensure_ascii=False, sort_keys=True)
        yield writer.writerow([_harmless(str(value)) for value in values] + [facts])


def _harmless(text: str) -> str:
    """Spreadsheets run what looks like a formula; names are typed by anybody."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _sought(asked: QueryDict) -> Sought:
    """What cannot be read asks for nothing."""
    act = asked.get("act", "")
    return Sought(
        person_id=whole(asked.get("person", "")),
        act=act if act in ACTS else "",
        first=calendar_day(asked.get("first", "")),
        last=calendar_day(asked.get("last", "")),
        before=whole(asked.get("before", "")),
    )
