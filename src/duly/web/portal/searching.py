"""Search for customers: words in the tickets that they see, never what agents left for each other."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from duly.desk.access.actor import Actor
from duly.desk.errors import NotFound
from duly.desk.queries.reading import ticket_id
from duly.desk.queries.search import search
from duly.desk.queries.sought import Sought, read_sought
from duly.desk.tickets.ticket import Status
from duly.web.access import Visit, customers
from duly.web.pages import page
from duly.web.state import state_for_customers
from duly.web.typed import whole

LONGEST = 200
OPERATORS = {"is", "before", "after"}
"""Who works on a ticket, in which team, with which tags, is for the desk to know."""


@customers("GET")
def show_search(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Go to the ticket whose number was typed, else show what was found."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    actor = _as_customer(visit.actor)
    number = whole(typed.removeprefix("#"))
    if number is not None and _sees(actor, number):
        return redirect("portal:ticket", number)
    return page(
        request,
        "portal/search.html",
        visit,
        here="tickets",
        typed=typed,
        found=search(actor, _of_customers(read_sought(typed)), visit.reader.zone, visit.at),
        state=state_for_customers,
    )


def _as_customer(actor: Actor) -> Actor:
    """Somebody who also works on the desk looks here as a customer."""
    return replace(actor, rights=frozenset(), teams=frozenset())


def _of_customers(sought: Sought) -> Sought:
    kept = {
        name: value
        for name, value in sought.operators.items()
        if name in OPERATORS and (name != "is" or value in (*Status, "unfinished"))
    }
    return replace(sought, operators=kept)


def _sees(actor: Actor, number: int) -> bool:
    try:
        ticket_id(actor, number)
    except NotFound:
        return False
    return True
