"""The new-ticket form, with the promise it would carry in view before anything is sent."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.core.clock.values import Kind
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.errors import Invalid
from duly.desk.queries.fields import fields_of_form
from duly.desk.queries.level import Level
from duly.desk.queries.new_ticket import Cover, covers, left_now, promised_later, promised_now
from duly.desk.queries.promise import Promise
from duly.desk.tickets.attachment import NewFile
from duly.desk.tickets.ticket import Ticket
from duly.web.access import Visit, customers
from duly.web.agent.forms import new_key
from duly.web.pages import page
from duly.web.portal.forms import NewTicket
from duly.web.ui.clock.face import KINDS
from duly.web.uploads import uploaded


@customers("GET")
def new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the empty form."""
    form = NewTicket(covers(visit.actor, visit.at), fields_of_form(), initial={"key": new_key()})
    return _form_page(request, visit, form)


@customers("POST")
def open_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Open the ticket, or show the form again: with its errors, or with the promise when only that was asked for."""
    form = NewTicket(covers(visit.actor, visit.at), fields_of_form(), request.POST)
    if "ask" in request.POST:
        return _form_page(request, visit, _unbound(form, request))
    if form.is_valid():
        try:
            ticket = _open(visit, form, uploaded(request))
        except Invalid as problem:
            field = problem.field if problem.field in form.fields else None
            form.add_error(field, str(problem))
        else:
            messages.success(request, _("We have it. You can follow it here."))
            return redirect("portal:ticket", ticket.number)
    return _form_page(request, visit, form, status=422)


@customers("GET")
def promised(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Give the promise alone, as the form asks for it while it is filled in."""
    form = NewTicket(covers(visit.actor, visit.at), (), request.GET)
    return page(request, "portal/promised.html", visit, **_promised(visit, form))


def _open(visit: Visit, form: NewTicket, files: Sequence[NewFile]) -> Ticket:
    return open_ticket(actor=visit.actor, files=files, at=visit.at, **form.reported())


def _unbound(form: NewTicket, request: HttpRequest) -> NewTicket:
    """The same form with what was typed, not yet judged."""
    typed = {name: request.POST.get(name, "") for name in form.fields}
    return NewTicket(form.covers, form.own, initial=typed)


def _form_page(
    request: HttpRequest, visit: Visit, form: NewTicket, status: int = 200
) -> HttpResponse:
    return page(
        request,
        "portal/new.html",
        visit,
        status=status,
        here="new",
        form=form,
        **form.offered(),
        **_promised(visit, form),
    )


def _promised(visit: Visit, form: NewTicket) -> dict[str, Any]:
    """What would be promised for the level chosen so far; None when that cannot be said yet."""
    cover, key = form.chosen, str(form["priority"].value() or "")
    level = next((level for level in cover.levels if level.key == key), None) if cover else None
    promises: tuple[Promise, ...] | None = None
    later: tuple[tuple[Kind, str], ...] = ()
    if cover and cover.binding_id and level:
        promises = promised_now(cover.binding_id, level.key, visit.at)
        later = promised_later(cover.binding_id, level.key, promises)
    return {
        "cover": cover,
        "level": level,
        "promises": promises,
        "later": [(KINDS[kind], words) for kind, words in later],
        "judged": _judged(cover, visit) if cover else [],
        "left": left_now(cover, visit.at) if cover else (),
    }


def _judged(cover: Cover, visit: Visit) -> list[tuple[Level, tuple[Promise, ...]]]:
    """What would be promised at each level that the desk may choose; nothing where no level promises anything."""
    if cover.binding_id is None:
        return []
    found = [(one, promised_now(cover.binding_id, one.key, visit.at)) for one in cover.judged]
    return found if any(promises for _level, promises in found) else []
