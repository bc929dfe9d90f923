"""What a customer's manager keeps up: who belongs there, who is called first, who is technical, in which zone."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duly.desk.actions.people.invite import invite_contact
from duly.desk.actions.people.part import part
from duly.desk.actions.people.set_zone import set_zone
from duly.desk.actions.people.support_list import arrange_support_list
from duly.desk.actions.people.technical_contact import name_technical_contact
from duly.desk.errors import Invalid, NotFound
from duly.desk.queries.customer_organisation import (
    customer_organisation,
    managed,
)
from duly.web import password_mail
from duly.web.access import Visit, customers
from duly.web.pages import page
from duly.web.support_list import moved
from duly.web.typed import whole


class Invitation(forms.Form):
    """Somebody new."""

    name = forms.CharField(
        max_length=200, error_messages={"required": gettext_lazy("Say what they are called.")}
    )
    email = forms.CharField(
        max_length=254, error_messages={"required": gettext_lazy("Give their e-mail address.")}
    )
    role = forms.CharField(max_length=50)
    is_technical = forms.BooleanField(required=False)


@customers("GET")
def show_all(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Lead to the organisation that somebody manages; of several they choose."""
    found = managed(visit.actor)
    if not found:
        raise NotFound
    if len(found) == 1:
        return redirect("portal:organisation", found[0][0])
    return page(
        request, "portal/organisations.html", visit, here="organisation", organisations=found
    )


@customers("GET")
def show(request: HttpRequest, visit: Visit, organisation: int) -> HttpResponse:
    """Show an organisation to whoever manages it."""
    return _page(request, visit, organisation)


@customers("POST")
def arrange(request: HttpRequest, visit: Visit, organisation: int) -> HttpResponse:
    """Move somebody up or down the support list, onto it or off it."""
    stands = customer_organisation(visit.actor, organisation, visit.at)
    move, _dash, who = request.POST.get("move", "").partition("-")
    listed = moved([each.id for each in stands.listed], move, whole(who) or 0)
    said = _("The support list is changed.")
    return _done(request, visit, organisation, arrange_support_list, said, person_ids=listed)


@customers("POST")
def technical(request: HttpRequest, visit: Visit, organisation: int) -> HttpResponse:
    """Name a technical contact, or no longer."""
    who = {"person_id": _person(request), "is_one": request.POST.get("is_one") == "yes"}
    said = _("The technical contacts are changed.")
    return _done(request, visit, organisation, name_technical_contact, said, **who)


@customers("POST")
def end_place(request: HttpRequest, visit: Visit, organisation: int) -> HttpResponse:
    """End somebody's place in the organisation."""
    said = _(
        "They belong to the organisation no longer. What they wrote stays; invite them to undo it."
    )
    return _done(request, visit, organisation, part, said, person_id=_person(request))


@customers("POST")
def change_zone(request: HttpRequest, visit: Visit, organisation: int) -> HttpResponse:
    """Say in which zone the organisation lives."""
    said = _("The time zone is changed.")
    return _done(request, visit, organisation, set_zone, said, zone=request.POST.get("zone", ""))


@customers("POST")
def invite(request: HttpRequest, visit: Visit, organisation: int) -> HttpResponse:
    """Give somebody a place in the organisation."""
    form = Invitation(request.POST)
    if form.is_valid():
        sent = form.cleaned_data
        try:
            person = invite_contact(
                actor=visit.actor,
                organisation_id=organisation,
                email=sent["email"],
                name=sent["name"],
                role=sent["role"],
                is_technical_contact=sent["is_technical"],
                language=visit.person.language,
                at=visit.at,
            )
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        else:
            stands = customer_organisation(visit.actor, organisation, visit.at)
            password_mail.invite(request, person.pk, stands.name)
            return redirect("portal:organisation", organisation)
    return _page(request, visit, organisation, form)


def _page(
    request: HttpRequest, visit: Visit, organisation: int, form: Invitation | None = None
) -> HttpResponse:
    stands = customer_organisation(visit.actor, organisation, visit.at)
    return page(
        request,
        "portal/organisation.html",
        visit,
        status=422 if form else 200,
        here="organisation",
        organisation=stands,
        form=form or Invitation(initial={"role": stands.roles[-1][0] if stands.roles else ""}),
        me=visit.actor.person_id,
    )


def _done(
    request: HttpRequest,
    visit: Visit,
    organisation: int,
    action: Callable[..., object],
    said: str,
    **what: object,
) -> HttpResponse:
    """Let an action happen to the organisation; what it refuses is said on its page."""
    try:
        action(actor=visit.actor, organisation_id=organisation, at=visit.at, **what)
    except Invalid as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, said)
    return redirect("portal:organisation", organisation)


def _person(request: HttpRequest) -> int:
    return whole(request.POST.get("person", "")) or 0
