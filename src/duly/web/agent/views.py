"""The ticket, as agents read it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from duly.core.clock.values import Kind
from duly.desk.actions.people.undo_time import OFFERED, undo_seconds
from duly.desk.errors import NotFound
from duly.desk.queries.agent_ticket import AgentTicket, agent_ticket
from duly.desk.queries.around import Begun, Present
from duly.desk.queries.why import why
from duly.web.access import Visit, agents
from duly.web.agent import deeds, shell
from duly.web.agent.forms import Words, blank
from duly.web.agent.steps import steps
from duly.web.covered import allowance_name
from duly.web.fresh import fresh_address
from duly.web.pages import page
from duly.web.state import relations, said, state_for_agents


@agents("GET")
def show_ticket(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show a ticket with an empty reply or the draft of one."""
    writing = "note" if request.GET.get("write") == "note" else "reply"
    return ticket_page(request, visit, number, writing=writing)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A form on the ticket's side that cannot be used as it was sent: which, why, what was typed, and which box."""

    verb: str
    problem: str
    sent: QueryDict
    box: str = ""


def ticket_page(
    request: HttpRequest,
    visit: Visit,
    number: int,
    *,
    writing: str = "reply",
    form: Words | None = None,
    wrong: Wrong | None = None,
) -> HttpResponse:
    """Render a ticket; with a form that did not pass, its text and its errors stay."""
    ticket = agent_ticket(visit.actor, number, visit.at)
    return page(
        request,
        "agent/ticket.html",
        visit,
        status=422 if form or wrong else 200,
        **shell.around(visit.actor),
        **_what_can_be_done(visit, ticket),
        **_composer(request, visit, ticket, writing, form),
        ticket=ticket,
        wrong=wrong,
        does=_does,
        fresh=fresh_address(ticket.id, visit.person.pk),
        state=state_for_agents,
        said=said,
        relations=relations,
    )


def _what_can_be_done(visit: Visit, ticket: AgentTicket) -> dict[str, Any]:
    return {
        "steps": steps(ticket),
        "deeds": deeds.offered(ticket),
        "milestones": deeds.milestones(ticket),
        "reasons": deeds.reasons(ticket),
        "parts": deeds.parts(ticket),
        "spendable": [(name, allowance_name(name)) for name in ticket.handling.spendable],
        "morning": deeds.morning(visit.reader),
        "may_assign": "assign" in ticket.may,
        "may_prioritise": "prioritise" in ticket.may,
    }


def _composer(
    request: HttpRequest, visit: Visit, ticket: AgentTicket, writing: str, form: Words | None
) -> dict[str, Any]:
    """The box to write in: what was just sent, else the draft; with the files that are kept beside it."""
    writable = [verb for verb in ("reply", "note") if verb in ticket.may]
    if writing not in writable and writable:
        writing = writable[0]
    begun = ticket.around.drafts.get(writing, Begun())
    return {
        "writing": writing,
        "may_write": writable if ticket.status != "closed" else [],
        "form": form or blank(begun.text, seen=ticket.sequence),
        "files": begun.files,
        "kept": request.POST.getlist("kept") if form else [file.key for file in begun.files],
        "undo_times": OFFERED,
        "undo_time": undo_seconds(visit.person),
        "focus": "write" in request.GET,
        "then": request.GET.get("then", ""),
    }


def _does(present: Present) -> str:
    """Say what another agent does here."""
    return {
        "looking": _("%(who)s is looking"),
        "writing": _("%(who)s is writing"),
        "sending": _("%(who)s is sending a reply"),
    }[present.does] % {"who": present.name}


@agents("GET")
def show_why(
    request: HttpRequest, visit: Visit, number: int, kind: str, cycle: int
) -> HttpResponse:
    """Show how a due instant came about, interval by interval."""
    if kind not in tuple(Kind):
        raise NotFound
    told = why(visit.actor, number, Kind(kind), cycle, visit.at)
    return page(request, "agent/why.html", visit, **shell.around(visit.actor), why=told)
