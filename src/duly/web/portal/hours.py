"""A customer's own hours and choices, with what they would change shown before anything is."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duly.desk.actions.agreements.choose import choose
from duly.desk.actions.agreements.set_calendar import set_calendar
from duly.desk.errors import NotFound
from duly.desk.queries.customer_organisation import (
    CustomerOrganisation,
    Picked,
    customer_organisation,
)
from duly.desk.queries.own_hours import kept_hours
from duly.web.access import Visit, customers
from duly.web.considered import considered
from duly.web.pages import page
from duly.web.portal.calendar_form import hours_form
from duly.web.typed import DayField
from duly.web.ui.clock.face import KINDS


class ChoiceForm(forms.Form):
    """One of what is on offer, from a day on."""

    picked = forms.CharField(
        max_length=100, error_messages={"required": gettext_lazy("Choose one.")}
    )
    from_on = DayField()


@customers("GET", "POST")
def own_hours(request: HttpRequest, visit: Visit, organisation: int) -> HttpResponse:
    """Show the hours in a form; a POST shows what other hours would change, or lets them hold."""
    stands = customer_organisation(visit.actor, organisation, visit.at)
    form = hours_form(request, kept_hours(visit.actor, organisation, visit.at), visit.at)

    def change() -> object:
        return set_calendar(
            actor=visit.actor,
            organisation_id=organisation,
            calendar=form.calendar(stands.hours_now),
            from_on=form.cleaned_data["from_on"],
            at=visit.at,
        )

    return _form_page(
        request, visit, "portal/hours.html", form=form, organisation=stands, change=change
    )


@customers("GET", "POST")
def own_choice(
    request: HttpRequest, visit: Visit, organisation: int, subscription: int, choice: str
) -> HttpResponse:
    """Show what is on offer; a POST shows what another choice would change, or makes it."""
    stands = customer_organisation(visit.actor, organisation, visit.at)
    offer = _offer(stands, subscription, choice)
    today = visit.at.astimezone(visit.reader.zone).date()
    first = {"picked": offer.picked, "from_on": today.isoformat()}
    form = ChoiceForm(request.POST) if request.method == "POST" else ChoiceForm(initial=first)

    def change() -> object:
        return choose(
            actor=visit.actor,
            subscription_id=subscription,
            choice=choice,
            picked=form.cleaned_data["picked"],
            from_on=form.cleaned_data["from_on"],
            at=visit.at,
        )

    return _form_page(
        request,
        visit,
        "portal/choice.html",
        form=form,
        organisation=stands,
        change=change,
        offer=offer,
    )


def _form_page(
    request: HttpRequest,
    visit: Visit,
    template: str,
    *,
    form: forms.Form,
    organisation: CustomerOrganisation,
    change: Callable[[], object],
    **values: Any,
) -> HttpResponse:
    """Judge what was typed, foresee what it changes, and change it if that was asked for."""
    foreseen = considered(request, visit, form, organisation.id, change=change)
    if form.is_bound and foreseen is None and not form.errors:
        messages.success(request, _said(form.cleaned_data["from_on"], visit))
        return redirect("portal:organisation", organisation.id)
    return page(
        request,
        template,
        visit,
        status=422 if form.errors else 200,
        here="organisation",
        organisation=organisation,
        form=form,
        foreseen=foreseen,
        kind_names=KINDS,
        **values,
    )


def _said(from_on: date, visit: Visit) -> str:
    if from_on <= visit.at.astimezone(visit.reader.zone).date():
        return _("Changed. It holds from now on.")
    return _("Agreed. It holds from the day that you chose.")


def _offer(stands: CustomerOrganisation, subscription: int, choice: str) -> Picked:
    found = (
        each
        for each in stands.choices
        if (each.subscription_id, each.key) == (subscription, choice)
    )
    offer = next(found, None)
    if offer is None:
        raise NotFound
    return offer
