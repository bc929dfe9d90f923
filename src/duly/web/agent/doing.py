"""Doing what needs a word or two, or none; what cannot be used comes back beside its box, with all that was typed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.errors import Invalid, NotFound, NotPossible, Unfilled
from duly.desk.queries.agent_ticket import agent_ticket
from duly.desk.queries.reading import ticket_id
from duly.web.access import Visit, agents
from duly.web.agent.deeds import DEEDS
from duly.web.agent.steps import VERBS, address
from duly.web.agent.views import Wrong, ticket_page
from duly.web.typed import whole


@agents("POST")
def do(request: HttpRequest, visit: Visit, number: int, verb: str) -> HttpResponse:
    """Do it, and offer to take it back where there is a way back."""
    if verb not in DEEDS:
        raise NotFound
    deed = DEEDS[verb]
    try:
        done = deed.act(visit, ticket_id(visit.actor, number), request.POST)
    except (Invalid, NotPossible) as problem:
        return _again(request, visit, number, verb, problem)
    messages.success(request, deed.done(), extra_tags=deed.way_back(number, done))
    return redirect("agent:ticket", number)


@agents("POST")
def step(request: HttpRequest, visit: Visit, number: int, verb: str) -> HttpResponse:
    """Take a step and offer to take it back; what has to be filled in first is asked for."""
    if verb not in VERBS:
        raise NotFound
    chosen = VERBS[verb]
    try:
        chosen.act(actor=visit.actor, ticket_id=ticket_id(visit.actor, number), at=visit.at)
    except Unfilled as problem:
        return _again(request, visit, number, "fill", problem)
    back = address(number, chosen.back) if chosen.back else ""
    messages.success(request, chosen.done(), extra_tags=back)
    return redirect("agent:ticket", number)


@agents("POST")
def give(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Give a ticket to an agent, or to nobody."""
    chosen = request.POST.get("assignee", "")
    ticket = agent_ticket(visit.actor, number, visit.at)
    try:
        assign(
            actor=visit.actor,
            ticket_id=ticket.id,
            team_id=ticket.team_id,
            assignee_id=whole(chosen),
            at=visit.at,
        )
    except (Invalid, NotPossible) as problem:
        return _again(request, visit, number, "assign", problem)
    messages.success(request, _("Assigned."))
    return redirect("agent:ticket", number)


@agents("POST")
def set_priority(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Set the priority; the promises follow."""
    try:
        prioritise(
            actor=visit.actor,
            ticket_id=ticket_id(visit.actor, number),
            priority=request.POST.get("priority", ""),
            at=visit.at,
        )
    except (Invalid, NotPossible) as problem:
        return _again(request, visit, number, "prioritise", problem)
    messages.success(request, _("Priority set."))
    return redirect("agent:ticket", number)


def _again(
    request: HttpRequest, visit: Visit, number: int, verb: str, problem: Invalid | NotPossible
) -> HttpResponse:
    """Show the ticket with the form as it was sent and what is wrong with it."""
    box = problem.field if isinstance(problem, Invalid | Unfilled) else None
    wrong = Wrong(verb, str(problem), request.POST, box or "")
    return ticket_page(request, visit, number, wrong=wrong)
