"""A customer's own hours, said by the desk for them, with what they would change shown before anything is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.desk.actions.agreements.set_calendar import set_calendar
from duly.desk.queries.own_hours import kept_hours
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.considered import considered
from duly.web.pages import page
from duly.web.portal.calendar_form import hours_form
from duly.web.ui.clock.face import KINDS


@agents("GET", "POST")
def hours(request: HttpRequest, visit: Visit, organisation: int) -> HttpResponse:
    """Show the hours in a form; a POST shows what other hours would change, or lets them hold."""
    kept = kept_hours(visit.actor, organisation, visit.at)
    form = hours_form(request, kept, visit.at)
    foreseen = considered(
        request,
        visit,
        form,
        organisation,
        change=lambda: set_calendar(
            actor=visit.actor,
            organisation_id=organisation,
            calendar=form.calendar(kept.now),
            from_on=form.cleaned_data["from_on"],
            at=visit.at,
        ),
    )
    if form.is_bound and foreseen is None and not form.errors:
        messages.success(request, _("Agreed. They hold from the day that you chose."))
        return redirect("agent:organisation", organisation)
    return page(
        request,
        "agent/hours.html",
        visit,
        status=422 if form.errors else 200,
        **shell.around(visit.actor, "organisations"),
        kept=kept,
        form=form,
        foreseen=foreseen,
        kind_names=KINDS,
    )
