"""Changing what is agreed with a customer: looked at before it holds, taken back while no ticket counts by it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from duly.desk.actions.agreements.addons import add_addon, drop_addon
from duly.desk.actions.agreements.amend import amend
from duly.desk.actions.agreements.appoint import appoint
from duly.desk.actions.agreements.choose import choose
from duly.desk.actions.agreements.end import end
from duly.desk.actions.agreements.foresee import Foreseen
from duly.desk.actions.agreements.move import move
from duly.desk.actions.agreements.take_back import take_back_change
from duly.desk.errors import NotFound
from duly.desk.queries.choices import takers
from duly.desk.queries.last_change import last_change
from duly.desk.queries.terms_on_offer import OneSubscription, next_month, one_subscription
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.agent.subscribing import NAMES, Terms
from duly.web.considered import considered
from duly.web.pages import page
from duly.web.typed import whole
from duly.web.ui.clock.face import KINDS


@dataclass(frozen=True, slots=True)
class Change:
    """What is done with what was typed, and how it is taken back: with which boxes of the same form, or by itself."""

    act: Callable[[Visit, OneSubscription, Terms], object]
    back: Callable[[OneSubscription, Terms], dict[str, str]] | None = None


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
    stands = one_subscription(visit.actor, organisation, subscription, visit.at)
    # The way back carries its boxes in its address.
    form, change = Terms(request.GET or request.POST), CHANGES[verb]
    foreseen = considered(
        request,
        visit,
        form,
        organisation,
        change=lambda: change.act(visit, stands, form),
        names=NAMES,
    )
    if form.errors or foreseen is not None:
        return _page(
            request, visit, organisation, subscription, verb=verb, form=form, foreseen=foreseen
        )
    _say(request, change, stands, form, verb)
    return redirect("agent:subscription", organisation, subscription)


def _say(
    request: HttpRequest, change: Change, stands: OneSubscription, form: Terms, verb: str
) -> None:
    """Say that it is done, with the way back, or plainly that there is none."""
    it = stands.subscribed
    if change.back is not None:
        boxes = urlencode(change.back(stands, form))
        back, final = (
            f"{reverse('agent:agree', args=[it.organisation_id, it.id, verb])}?{boxes}",
            "",
        )
    else:
        back = reverse("agent:agree", args=[it.organisation_id, it.id, "back"])
        final = last_change(it.id).final
    done = _("Taken back.") if verb == "back" else _("Agreed.")
    messages.success(request, f"{done} {final}".strip(), extra_tags="" if final else back)


def _page(
    request: HttpRequest,
    visit: Visit,
    organisation: int,
    subscription: int,
    *,
    verb: str = "",
    form: Terms | None = None,
    foreseen: tuple[Foreseen, ...] | None = None,
) -> HttpResponse:
    shown = one_subscription(visit.actor, organisation, subscription, visit.at)
    soon = next_month(visit.at.astimezone(ZoneInfo(shown.zone)).date()).isoformat()
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
        foreseen=foreseen,
        agents=takers(visit.actor)[0] if shown.places else (),
        kind_names=KINDS,
    )


def _move(visit: Visit, it: OneSubscription, form: Terms) -> object:
    return move(
        actor=visit.actor,
        subscription_id=it.subscribed.id,
        plan=form.cleaned_data["picked"],
        from_at=_from_at(it, form, visit.at),
        at=visit.at,
    )


def _add(visit: Visit, it: OneSubscription, form: Terms) -> object:
    return add_addon(
        actor=visit.actor,
        subscription_id=it.subscribed.id,
        addon=form.cleaned_data["picked"],
        units=form.cleaned_data["units"] or 1,
        from_at=_from_at(it, form, visit.at),
        at=visit.at,
    )


def _drop(visit: Visit, it: OneSubscription, form: Terms) -> object:
    return drop_addon(
        actor=visit.actor,
        subscription_id=it.subscribed.id,
        addon=form.cleaned_data["picked"],
        from_at=_from_at(it, form, visit.at),
        at=visit.at,
    )


def _amend(visit: Visit, it: OneSubscription, form: Terms) -> object:
    typed = form.cleaned_data
    return amend(
        actor=visit.actor,
        subscription_id=it.subscribed.id,
        path=typed["path"].strip(),
        value=typed["value"].strip(),
        reason=typed["reason"],
        from_on=form.since(),
        at=visit.at,
    )


def _choose(visit: Visit, it: OneSubscription, form: Terms) -> object:
    choice, _colon, picked = form.cleaned_data["picked"].partition(":")
    return choose(
        actor=visit.actor,
        subscription_id=it.subscribed.id,
        choice=choice,
        picked=picked,
        from_on=form.since(),
        at=visit.at,
    )


def _take_back(visit: Visit, it: OneSubscription, _form: Terms) -> object:
    return take_back_change(actor=visit.actor, subscription_id=it.subscribed.id, at=visit.at)


def _end(visit: Visit, it: OneSubscription, form: Terms) -> object:
    return end(
        actor=visit.actor,
        subscription_id=it.subscribed.id,
        on=form.cleaned_data["from_on"],
        at=visit.at,
    )


def _end_as_before(it: OneSubscription, _form: Terms) -> dict[str, str]:
    return {"from_on": it.subscribed.until.isoformat() if it.subscribed.until else ""}


def _appoint(visit: Visit, it: OneSubscription, form: Terms) -> object:
    place, _colon, who = form.cleaned_data["picked"].partition(":")
    return appoint(
        actor=visit.actor,
        subscription_id=it.subscribed.id,
        place=place,
        person_id=whole(who),
        at=visit.at,
    )


def _whoever_was(it: OneSubscription, form: Terms) -> dict[str, str]:
    place = form.cleaned_data["picked"].partition(":")[0]
    holder = next((who for key, _title, who in it.places if key == place), None)
    return {"picked": f"{place}:{holder or ''}"}


CHANGES = {
    "move": Change(_move),
    "add": Change(_add),
    "drop": Change(_drop),
    "amend": Change(_amend),
    "choose": Change(_choose),
    "back": Change(_take_back),
    "end": Change(_end, _end_as_before),
    "appoint": Change(_appoint, _whoever_was),
}


def _from_at(it: OneSubscription, form: Terms, at: datetime) -> datetime:
    """Midnight of the day where the customer is; today and earlier mean now, for the past is not changed."""
    return max(datetime.combine(form.since(), time(), ZoneInfo(it.zone)), at)
