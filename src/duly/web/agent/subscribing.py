"""Subscribing a customer to a plan, with what it promises shown before it is agreed."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.desk.actions.agreements.subscribe import subscribe
from duly.desk.errors import Invalid
from duly.desk.queries.agreement import agreement
from duly.desk.queries.terms_on_offer import Choice, choices_on_offer, plans_on_offer
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.considered import considered
from duly.web.pages import page
from duly.web.typed import DayField, whole
from duly.web.ui.clock.face import KINDS

NAMES = {
    "plan": "picked",
    "addon": "picked",
    "held": "picked",
    "on": "from_on",
    "calendar": "picked",
}
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


class Beginning(Terms):
    """The terms to begin with: also what the policy of the picked plan lets the customer choose."""

    def __init__(self, choices: Sequence[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices = choices
        for each in choices:
            self.fields[_box(each)] = forms.CharField(max_length=100, required=False)

    def boxes(self) -> Iterator[tuple[forms.BoundField, Choice]]:
        """The boxes of what is to be chosen."""
        for each in self._choices:
            yield self[_box(each)], each

    def chosen(self) -> dict[str, str]:
        """What was chosen, by the policy's names."""
        typed = {each.key: self.cleaned_data[_box(each)] for each in self._choices}
        return {key: picked for key, picked in typed.items() if picked}


def _box(choice: Choice) -> str:
    return f"choice-{choice.key}"


@agents("GET", "POST")
def subscribe_to(request: HttpRequest, visit: Visit, organisation: int) -> HttpResponse:
    """Subscribe a customer to a plan, or show what that would mean."""
    offered = plans_on_offer(visit.actor)
    held = agreement(visit.actor, organisation, visit.at)
    version, _colon, plan = request.POST.get("picked", "").partition(":")
    choices = choices_on_offer(visit.actor, whole(version) or 0)
    today = visit.at.astimezone(ZoneInfo(held.zone)).date()
    form = Beginning(
        choices,
        request.POST if request.method == "POST" else None,
        initial={"from_on": today.isoformat()},
    )

    def change() -> object:
        chosen = form.chosen()
        return subscribe(
            actor=visit.actor,
            organisation_id=organisation,
            version_id=whole(version) or 0,
            held={"plan": plan, "choices": chosen} if chosen else {"plan": plan},
            from_on=form.since(),
            at=visit.at,
        )

    foreseen = considered(request, visit, form, organisation, change=change, names=NAMES)
    if form.is_bound and foreseen is None and not form.errors:
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
