"""What is agreed with a customer, from a day on, with what it would change shown before anything is."""

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duly.desk.actions.agreements.addons import add_addon, drop_addon
from duly.desk.actions.agreements.amend import amend
from duly.desk.actions.agreements.appoint import appoint
from duly.desk.actions.agreements.end import end
from duly.desk.actions.agreements.foresee import Foreseen, foresee
from duly.desk.actions.agreements.move import move
from duly.desk.actions.agreements.subscribe import subscribe
from duly.desk.errors import Invalid, NotFound, NotPossible
from duly.desk.queries.agreement import agreement
from duly.desk.queries.choices import takers
from duly.desk.queries.terms_on_offer import next_month, one_subscription, plans_on_offer
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.pages import page
from duly.web.ui.clock.face import KINDS

_DAY = {
    "required": gettext_lazy("Say from which day on."),
    "invalid": gettext_lazy("Write the day as 2026-12-01."),
}


class Terms(forms.Form):
    """Another of what is on offer, from a day on. Each change reads those boxes that it needs."""

    picked = forms.CharField(max_length=200, required=False)
    units = forms.IntegerField(min_value=1, max_value=10_000, required=False)
    path = forms.CharField(max_length=300, required=False)
    value = forms.CharField(max_length=300, required=False)
    reason = forms.CharField(max_length=300, required=False)
    from_on = forms.DateField(required=False, error_messages=_DAY)


@agents("GET", "POST")
def subscribe_to(request: HttpRequest, visit: Visit, organisation: int) -> HttpResponse:
    """Subscribe a customer to a plan."""
    offered = plans_on_offer(visit.actor)
    held = agreement(visit.actor, organisation, visit.at)
    form = Terms(request.POST or None, initial={"from_on": visit.at.date().isoformat()})

    def change() -> object:
        version, _colon, plan = form.cleaned_data["picked"].partition(":")
        return subscribe(
            actor=visit.actor,
            organisation_id=organisation,
            version_id=int(version) if version.isdecimal() else 0,
            held={"plan": plan},
            from_on=_from_on(form),
            at=visit.at,
        )

    if request.method == "POST" and form.is_valid() and _tried(form, change):
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
    )


@agents("GET")
def show_subscription(
    request: HttpRequest, visit: Visit, organisation: int, subscription: int
) -> HttpResponse:
    """Show what a customer holds, what was agreed for later, and what can be changed."""
    return _page(request, visit, organisation, subscription)


@agents("POST")
def agree(
    request: HttpRequest, visit: Visit, organisation: int, subscription: int, verb: str
) -> HttpResponse:
    """Agree on a change, or show what it would mean."""
    if verb not in CHANGES:
        raise NotFound
    one_subscription(visit.actor, organisation, subscription, visit.at)
    form, seen = Terms(request.POST), list[Foreseen]()
    zone = ZoneInfo(agreement(visit.actor, organisation, visit.at).zone)

    def change() -> object:
        return CHANGES[verb](visit, subscription, form, zone)

    def look() -> object:
        seen.extend(foresee(change, organisation_id=organisation))
        return seen

    only_looks = "look" in request.POST
    if form.is_valid() and _tried(form, look if only_looks else change) and not only_looks:
        messages.success(request, _("Agreed."))
        return redirect("agent:subscription", organisation, subscription)
    return _page(request, visit, organisation, subscription, verb=verb, form=form, foreseen=seen)


def _page(
    request: HttpRequest,
    visit: Visit,
    organisation: int,
    subscription: int,
    *,
    verb: str = "",
    form: Terms | None = None,
    foreseen: list[Foreseen] | None = None,
) -> HttpResponse:
    soon = next_month(visit.at.date()).isoformat()
    shown = one_subscription(visit.actor, organisation, subscription, visit.at)
    return page(
        request,
        "agent/subscription.html",
        visit,
        status=422 if form and form.errors else 200,
        **shell.around(visit.actor, "organisations"),
        shown=shown,
        held=[(key, dict(shown.addons).get(key, key)) for key, _units in shown.held],
        verb=verb,
        form=form,
        blank=Terms(initial={"from_on": soon, "units": 1}),
        foreseen=foreseen if verb and form and not form.errors else None,
        agents=takers(visit.actor)[0] if shown.places else (),
        kind_names=KINDS,
    )


def _tried(form: Terms, change: Callable[[], object]) -> bool:
    try:
        change()
    except (Invalid, NotPossible) as problem:
        field = getattr(problem, "field", None)
        names = {"plan": "picked", "addon": "picked", "held": "picked", "on": "from_on"}
        field = names.get(field or "", field)
        form.add_error(field if field in form.fields else None, str(problem))
        return False
    return True


def _move(visit: Visit, it: int, form: Terms, zone: ZoneInfo) -> object:
    plan, from_at = form.cleaned_data["picked"], _from_at(form, zone, visit.at)
    return move(actor=visit.actor, subscription_id=it, plan=plan, from_at=from_at, at=visit.at)


def _add(visit: Visit, it: int, form: Terms, zone: ZoneInfo) -> object:
    return add_addon(
        actor=visit.actor,
        subscription_id=it,
        addon=form.cleaned_data["picked"],
        units=form.cleaned_data["units"] or 1,
        from_at=_from_at(form, zone, visit.at),
        at=visit.at,
    )


def _drop(visit: Visit, it: int, form: Terms, zone: ZoneInfo) -> object:
    addon, from_at = form.cleaned_data["picked"], _from_at(form, zone, visit.at)
    return drop_addon(
        actor=visit.actor, subscription_id=it, addon=addon, from_at=from_at, at=visit.at
    )


def _amend(visit: Visit, it: int, form: Terms, _zone: ZoneInfo) -> object:
    typed = form.cleaned_data
    return amend(
        actor=visit.actor,
        subscription_id=it,
        path=typed["path"].strip(),
        value=typed["value"].strip(),
        reason=typed["reason"],
        from_on=_from_on(form),
        at=visit.at,
    )


def _end(visit: Visit, it: int, form: Terms, _zone: ZoneInfo) -> object:
    return end(actor=visit.actor, subscription_id=it, on=form.cleaned_data["from_on"], at=visit.at)


def _appoint(visit: Visit, it: int, form: Terms, _zone: ZoneInfo) -> object:
    place, _colon, who = form.cleaned_data["picked"].partition(":")
    person = int(who) if who.isdecimal() else None
    return appoint(
        actor=visit.actor, subscription_id=it, place=place, person_id=person, at=visit.at
    )


CHANGES: dict[str, Callable[[Visit, int, Terms, ZoneInfo], object]] = {
    "move": _move,
    "add": _add,
    "drop": _drop,
    "amend": _amend,
    "end": _end,
    "appoint": _appoint,
}


def _from_on(form: Terms) -> date:
    day: date | None = form.cleaned_data["from_on"]
    if day is None:
        raise Invalid(_("Say from which day on."), field="from_on")
    return day


def _from_at(form: Terms, zone: ZoneInfo, at: datetime) -> datetime:
    """Midnight of the day where the customer is; today and earlier mean now, for the past is not changed."""
    return max(datetime.combine(_from_on(form), time(), zone), at)
