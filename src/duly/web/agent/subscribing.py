"""Subscribing a customer to a plan, with what it promises shown before it is agreed."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.desk.actions.agreements.subscribe import subscribe
from duly.desk.errors import Invalid
from duly.desk.queries.agreement import agreement
from duly.desk.queries.terms_on_offer import plans_on_offer
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.considered import considered
from duly.web.pages import page
from duly.web.typed import DayField, whole
from duly.web.ui.clock.face import KINDS

NAMES = {"plan": "picked", "addon": "picked", "held": "picked", "on": "from_on"}
"""The boxes of the form by what actions call them."""


class Terms(forms.Form):
    """Another of what is on offer, from a day on. Each change reads those boxes that it needs."""

    picked = forms.CharField(max_length=200, required=False)
    units = forms.IntegerField(min_value=1, max_value=10_000, required=False)
    path = forms.CharField(max_length=300, required=False)
    value = forms.CharField(max_length=300, required=False)
    reason = forms.CharField(max_length=300, required=False)
    from_on = DayField(required=False)

    def since(self) -> date:
        """The day from which on it shall hold.

        Raises:
            Invalid: it was left empty.
        """
        day: date | None = self.cleaned_data["from_on"]
        if day is None:
            raise Invalid(_("Say from which day on."), field="from_on")
        return day


@agents("GET", "POST")
def subscribe_to(request: HttpRequest, visit: Visit, organisation: int) -> HttpResponse:
    """Subscribe a customer to a plan, or show what that would mean."""
    offered = plans_on_offer(visit.actor)
    held = agreement(visit.actor, organisation, visit.at)
    form = Terms(request.POST or None, initial={"from_on": visit.at.date().isoformat()})

    def change() -> object:
        version, _colon, plan = form.cleaned_data["picked"].partition(":")
        return subscribe(
            actor=visit.actor,
            organisation_id=organisation,
            version_id=whole(version) or 0,
            held={"plan": plan},
            from_on=form.since(),
            at=visit.at,
        )

    is_sent = request.method == "POST"
    foreseen = None
    if is_sent:
        foreseen = considered(request, visit, form, organisation, change=change, names=NAMES)
    if is_sent and foreseen is None and not form.errors:
        messages.success(request, _("Subscribed."))
        return redirect("agent:organisation", organisation)
    return page(
        request,
        "agent/subscribe.html",
        visit,
        status=422 if form.errors else 200,
        **shell.around(visit.actor, "organisations"),
        organisation=held,
        offered=offered,
        form=form,
        foreseen=foreseen,
        kind_names=KINDS,
    )
