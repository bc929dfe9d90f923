"""Search as agents use it: one box for words, operators, names, and the number of a ticket."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.desk.errors import NotFound
from duly.desk.queries.fields import keys_in_order
from duly.desk.queries.reading import ticket_id
from duly.desk.queries.search import search
from duly.desk.queries.sought import Fault, may_name_fields, read_sought
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.agent.selecting import in_lines
from duly.web.pages import page
from duly.web.typed import whole

LONGEST = 200


@agents("GET")
def show_search(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Go to the ticket whose number was typed, else show what was found."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    number = _number(typed)
    if number is not None and _is_there(visit, number):
        return redirect("agent:ticket", number)
    sought = read_sought(typed, keys_in_order() if may_name_fields(typed) else ())
    found = search(visit.actor, sought, visit.reader.zone, visit.at)
    return page(
        request,
        "agent/search.html",
        visit,
        **shell.around(visit.actor, "search"),
        typed=typed,
        faults=[_fault(fault) for fault in sought.faults]
        + [_unknown(name, sought.operators[name]) for name in found.unknown],
        found=found,
        examples=_examples(),
        **in_lines(),
    )


def _number(typed: str) -> int | None:
    return whole(typed.removeprefix("#"))


def _is_there(visit: Visit, number: int) -> bool:
    try:
        ticket_id(visit.actor, number)
    except NotFound:
        return False
    return True


def _fault(fault: Fault) -> str:
    name = {"name": fault.name}
    if fault.why == "twice":
        return _("%(name)s: stands there twice. The last one counts.") % name
    if fault.why == "not":
        return _("Only words can be excluded: -%(name)s: was left out.") % name
    if fault.name in ("before", "after"):
        return _("%(name)s: needs a day, as in %(name)s:2026-11-01. It was left out.") % name
    if fault.name == "is":
        return _(
            "is: takes open, waiting, resolved, closed, unfinished, unassigned or mine. It was left out."
        )
    return _("%(name)s: needs a value. It was left out.") % name


def _unknown(name: str, value: str) -> str:
    said = {
        "org": _("No organisation is called “%(value)s”."),
        "priority": _("No policy has a priority “%(value)s”."),
        "assignee": _("No agent is called “%(value)s”."),
        "from": _("Nobody is called “%(value)s”."),
        "team": _("No team is called “%(value)s”."),
        "tag": _("No ticket was ever tagged “%(value)s”."),
    }[name]
    return said % {"value": value}


def _examples() -> list[tuple[str, str]]:
    return [
        ("printer", _("words that begin so, in subjects, messages and notes")),
        ('"on fire"', _("words that stand together")),
        ("-water", _("without a word")),
        ("org:acme", _("of an organisation, with its people")),
        ("is:open", _("open, waiting, resolved, closed, unfinished, unassigned or mine")),
        ("priority:1", _("of a priority, by its key or its name")),
        ("before:2026-11-01", _("opened before a day; after: from it on")),
        ("from:clara", _("of a requester; assignee: of an agent, me or nobody")),
        ("team:support", _("of a team; tag: with a tag")),
        ("product:door", _("by a field of this desk, with its key and whole value")),
        ("#1042", _("the ticket with that number")),
    ]
