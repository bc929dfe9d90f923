"""The customer's tickets: the list, one of them, and why it is due when it is due."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.core.clock.values import Kind
from duly.desk.actions.tickets.draft import save_draft
from duly.desk.actions.tickets.escalate import escalate
from duly.desk.actions.tickets.object import object_to_exclusion
from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.errors import Invalid, NotFound, NotPossible
from duly.desk.queries.agreement import agreement
from duly.desk.queries.customer_ticket import customer_ticket
from duly.desk.queries.customer_tickets import Wanted, customer_tickets
from duly.desk.queries.reading import ticket_id
from duly.desk.queries.why import why
from duly.desk.tickets.draft import DraftOf
from duly.web.access import Visit, customers, is_customer, people
from duly.web.agent.forms import new_key
from duly.web.fresh import fresh_address
from duly.web.pages import page
from duly.web.portal.forms import Words
from duly.web.state import said_to_customers, state_for_customers
from duly.web.typed import whole
from duly.web.uploads import uploaded


@customers("GET")
def home(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the customer's tickets, a page of them, and how their plan was kept."""
    asked = request.GET
    wanted = Wanted(
        mine=asked.get("whose") == "mine",
        past=asked.get("which") == "all",
        after=asked.get("after", ""),
    )
    tickets = customer_tickets(visit.actor, wanted, visit.at)
    own = list(visit.actor.organisations)
    kept = agreement(visit.actor, own[0], visit.at) if len(own) == 1 else None
    return page(
        request,
        "portal/home.html",
        visit,
        here="tickets",
        tickets=tickets,
        wanted=wanted,
        kept=kept,
        state=state_for_customers,
    )


@people("GET")
def show_ticket(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show a ticket to its customer; agents are led to their own page of it, which judges for itself."""
    if not is_customer(visit.actor):
        return redirect("agent:ticket", number)
    return _ticket_page(request, visit, number)


@customers("POST")
def send_reply(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Add the customer's words; what cannot be sent stays on the screen."""
    form = Words(request.POST)
    if form.is_valid():
        sent = form.cleaned_data
        try:
            reply(
                actor=visit.actor,
                ticket_id=ticket_id(visit.actor, number),
                text=sent["text"],
                at=visit.at,
                files=uploaded(request),
                key=sent["key"],
            )
        except (Invalid, NotPossible) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Sent. We have it."))
            return redirect("portal:ticket", number)
    return _ticket_page(request, visit, number, form)


@customers("POST")
def end(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Let the customer say that the trouble is over; a further message takes it up again."""
    resolve(actor=visit.actor, ticket_id=ticket_id(visit.actor, number), at=visit.at)
    messages.success(request, _("Resolved. Write again if it comes back."))
    return redirect("portal:ticket", number)


@customers("POST")
def rise(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Let the customer invoke an escalation level that a missed promise opened."""
    escalate(
        actor=visit.actor,
        ticket_id=ticket_id(visit.actor, number),
        level=whole(request.POST.get("level", "")) or 0,
        at=visit.at,
    )
    messages.success(request, _("Escalated. Those responsible are told now."))
    return redirect("portal:ticket", number)


@customers("POST")
def set_priority(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Let the customer set the priority where their plan gives them the word; the promises follow."""
    prioritise(
        actor=visit.actor,
        ticket_id=ticket_id(visit.actor, number),
        priority=request.POST.get("priority", ""),
        at=visit.at,
    )
    messages.success(request, _("Priority set."))
    return redirect("portal:ticket", number)


@customers("POST")
def object_to(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Let the customer say why a clause does not apply; what cannot be sent stays on the screen."""
    form = Words(request.POST, prefix="objection")
    if form.is_valid():
        sent = form.cleaned_data
        try:
            object_to_exclusion(
                actor=visit.actor,
                ticket_id=ticket_id(visit.actor, number),
                text=sent["text"],
                key=sent["key"],
                at=visit.at,
            )
        except (Invalid, NotPossible) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("We have your objection. Those responsible are told now."))
            return redirect("portal:ticket", number)
    return _ticket_page(request, visit, number, objection=form)


@customers("POST")
def keep_draft(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Keep what the customer has begun to write."""
    save_draft(
        actor=visit.actor,
        ticket_id=ticket_id(visit.actor, number),
        of=DraftOf.REPLY,
        text=request.POST.get("text", ""),
        at=visit.at,
    )
    return HttpResponse(status=204)


@customers("GET")
def show_why(
    request: HttpRequest, visit: Visit, number: int, kind: str, cycle: int
) -> HttpResponse:
    """Show the customer how a due instant came about: the same sum that agents see."""
    if kind not in tuple(Kind):
        raise NotFound
    told = why(visit.actor, number, Kind(kind), cycle, visit.at)
    return page(request, "portal/why.html", visit, here="tickets", why=told)


def _ticket_page(
    request: HttpRequest,
    visit: Visit,
    number: int,
    form: Words | None = None,
    *,
    objection: Words | None = None,
) -> HttpResponse:
    ticket = customer_ticket(visit.actor, number, visit.at)
    return page(
        request,
        "portal/ticket.html",
        visit,
        status=422 if form or objection else 200,
        here="tickets",
        ticket=ticket,
        form=form or Words(initial={"text": ticket.draft, "key": new_key()}),
        objection=objection or Words(initial={"key": new_key()}, prefix="objection"),
        fresh=fresh_address(ticket.id),
        state=state_for_customers,
        said=said_to_customers,
    )
