"""An agent opens a ticket for a customer, most often with them on the phone: who it is, and what they are promised."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.desk.access.require import require
from duly.desk.access.tickets import may_open_for_customers, may_route
from duly.desk.actions.people.bring_in import bring_in
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.queries.callers import Caller, suggested, teams_to_give_to
from duly.desk.queries.fields import fields_of_form
from duly.desk.queries.new_ticket import covers_of, left_now, promised_now
from duly.desk.queries.promise import Promise
from duly.desk.tickets.ticket import Ticket
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.agent.call_form import CHANNELS, NEW, Call, Who, read_who
from duly.web.agent.forms import new_key
from duly.web.pages import page
from duly.web.tried import tried
from duly.web.typed import whole
from duly.web.uploads import uploaded


@agents("GET")
def new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the form, for whoever the address names."""
    return _page(request, visit, _form(visit, request.GET))


@agents("POST")
def open_for(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Open the ticket, or show the form again: with its errors, or with what follows from who it is for."""
    if "ask" in request.POST:
        return _page(request, visit, _form(visit, request.POST))
    form = _form(visit, request.POST, is_sent=True)
    if form.is_valid() and (ticket := tried(form, lambda: _open(request, visit, form), BOXES)):
        messages.success(request, _("Opened. The customer is told by mail that we have it."))
        return redirect("agent:ticket", ticket.number)
    return _page(request, visit, form, status=422)


@agents("GET")
def callers(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Give those alone who may be meant, while the name is typed."""
    form = _form(visit, request.GET)
    return page(request, "agent/callers.html", visit, form=form, **_callers(visit, form))


@agents("GET")
def promised(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Give the promise alone, while the form is filled in."""
    form = _form(visit, request.GET)
    return page(request, "agent/promised.html", visit, form=form, **_promised(visit, form))


BOXES = {"organisation": "cover", "subscription": "cover", "requester": "who", "role": "who"}
"""What actions call the boxes of the form."""


def _form(visit: Visit, sent: QueryDict, *, is_sent: bool = False) -> Call:
    """Read what was sent; unless it is to be opened, nothing of it is judged yet."""
    require(may_open_for_customers(visit.actor))
    who, channel = read_who(visit.actor, sent.get("who", "")), sent.get("channel", "phone")
    covers = covers_of(visit.actor, who.organisations, channel, visit.at)
    if is_sent:
        return Call(who, covers, fields_of_form(), sent)
    typed = {"channel": channel, "key": new_key()} | {name: sent.get(name, "") for name in sent}
    return Call(who, covers, fields_of_form(), initial=_guessed(who, typed))


def _guessed(who: Who, typed: dict[str, str]) -> dict[str, str]:
    """What was looked for in vain is the address or, of nobody's organisation, the name of somebody new."""
    sought = typed.get("find", "")
    box = "email" if "@" in sought else "name"
    is_theirs = who.is_new and (box == "email" or who.customer is None)
    return {box: sought} | typed if is_theirs else typed


def _open(request: HttpRequest, visit: Visit, form: Call) -> Ticket:
    sent = form.cleaned_data
    return open_ticket(
        actor=visit.actor,
        requester_id=_requester(visit, form),
        channel=sent["channel"],
        team_id=whole(sent["team"]),
        assignee_id=visit.person.pk if sent["mine"] else None,
        files=uploaded(request),
        at=visit.at,
        **form.reported(),
    )


def _requester(visit: Visit, form: Call) -> int:
    """Whoever is new is made known first, and stays known should the ticket not be opened."""
    sent, who = form.cleaned_data, form.whom
    if who.caller is not None:
        return who.caller.id
    organisation_id = who.customer.id if who.customer else None
    return bring_in(
        actor=visit.actor,
        email=sent["email"],
        name=sent["name"],
        organisation_id=organisation_id,
        at=visit.at,
    ).pk


def _page(request: HttpRequest, visit: Visit, form: Call, status: int = 200) -> HttpResponse:
    return page(
        request,
        "agent/call.html",
        visit,
        status=status,
        **shell.around(visit.actor, "new"),
        form=form,
        **form.offered(),
        channels=list(CHANNELS.items()),
        offered_teams=teams_to_give_to(visit.actor),
        may_route=may_route(visit.actor),
        **_callers(visit, form),
        **_promised(visit, form),
    )


def _callers(visit: Visit, form: Call) -> dict[str, Any]:
    """Who may be meant, whoever was chosen first, and at last somebody new."""
    typed = str(form["find"].value() or "").strip()
    found, chosen = suggested(visit.actor, typed), form.whom
    people = dict.fromkeys([*filter(None, [chosen.caller]), *found.people])
    customers = dict.fromkeys([*filter(None, [chosen.customer]), *found.organisations])
    options = [(f"p{one.id}", one.name, _about(one)) for one in people]
    options += [
        (f"o{one.id}", _("Somebody new at %(name)s") % {"name": one.name}, "") for one in customers
    ]
    if typed or chosen.is_known:
        options.append((NEW, _("Somebody new, of no organisation"), ""))
    return {"options": options, "asked_for": typed, "found": len(people)}


def _about(one: Caller) -> str:
    names = [name for _number, name in one.organisations]
    return " · ".join([*names, *([one.email] if one.email != one.name else [])])


def _promised(visit: Visit, form: Call) -> dict[str, Any]:
    """What would be promised at the level that the ticket would have."""
    cover, level, channel = form.chosen, form.level, str(form["channel"].value() or "")
    promises: tuple[Promise, ...] = ()
    if cover and cover.binding_id and level:
        promises = promised_now(cover.binding_id, level.key, visit.at, channel=channel)
    return {
        "cover": cover,
        "level": level,
        "promises": promises,
        "came": CHANNELS.get(channel, ""),
        "left": left_now(cover, visit.at) if cover else (),
    }
