"""The desk's own people: invited, given roles and teams, with their hours and absences, let in no longer."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duly.desk.actions.people.deactivate import deactivate, reactivate
from duly.desk.actions.people.invite import invite_agent
from duly.desk.actions.people.leave_team import leave_team
from duly.desk.actions.people.organise import place_in_team
from duly.desk.actions.people.roles import give_role, take_role
from duly.desk.actions.people.set_hours import add_absence, cancel_absence, set_hours
from duly.desk.errors import Invalid, NotAllowed, NotFound, NotPossible
from duly.desk.people.person import Person
from duly.desk.queries.staff import ColleaguePage, colleague_page, colleagues, staff_choices
from duly.web import password_mail
from duly.web.access import Visit, agents
from duly.web.brand import brand
from duly.web.pages import page
from duly.web.portal.calendar_form import HoursForm, filled
from duly.web.second_factor import second_factors
from duly.web.setup import frame
from duly.web.typed import DayField, whole

_MISSING = {"required": gettext_lazy("Fill this in.")}


class InviteForm(forms.Form):
    """Somebody new on the desk's side."""

    name = forms.CharField(max_length=200, error_messages=_MISSING)
    email = forms.CharField(max_length=254, error_messages=_MISSING)
    role = forms.CharField(max_length=50, error_messages=_MISSING)
    team = forms.CharField(required=False)
    language = forms.CharField(max_length=16)


class AgentHours(HoursForm):
    """When somebody works; it holds at once."""

    from_on = None  # type: ignore[assignment]


class AwayForm(forms.Form):
    """The first and the last day on which somebody is away."""

    first = DayField(error_messages=_MISSING)
    last = DayField(error_messages=_MISSING)


@agents("GET", "POST")
def show_all(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List who works here; a POST invites somebody."""
    shown = colleagues(visit.actor)
    roles, teams = staff_choices()
    form = InviteForm(
        request.POST if request.method == "POST" else None,
        initial={"language": brand().language, "role": "agent"},
    )
    if request.method == "POST" and form.is_valid() and (person := _invited(visit, form)):
        password_mail.invite(request, person.pk)
        return redirect("setup:agent", person.pk)
    return page(
        request,
        "setup/people.html",
        visit,
        status=422 if form.errors else 200,
        **frame.around(visit, "people"),
        people=shown,
        factors=second_factors([each.id for each in shown]),
        form=form,
        roles=roles,
        team_choices=teams,
    )


@agents("GET")
def show(request: HttpRequest, visit: Visit, person: int) -> HttpResponse:
    """Show a colleague; everybody sees themselves."""
    return _page(request, visit, colleague_page(visit.actor, person, visit.at))


@agents("POST")
def do(request: HttpRequest, visit: Visit, person: int, verb: str) -> HttpResponse:
    """Change one thing about a colleague."""
    shown = colleague_page(visit.actor, person, visit.at)
    if verb == "hours":
        return _set_hours(request, visit, shown)
    if verb == "away":
        return _set_away(request, visit, shown)
    deed = _deeds(request.POST.get("of", ""), visit, person).get(verb)
    if deed is None:
        raise NotFound
    try:
        deed()
    except (Invalid, NotPossible, NotAllowed) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Changed."))
    return redirect("setup:agent", person)


@agents("POST")
def invite_again(request: HttpRequest, visit: Visit, person: int) -> HttpResponse:
    """Send the invitation once more."""
    shown = colleague_page(visit.actor, person, visit.at)
    if not shown.may_manage or not shown.colleague.is_active:
        raise NotFound
    password_mail.invite(request, person)
    return redirect("setup:agent", person)


def _deeds(of: str, visit: Visit, person: int) -> Mapping[str, Callable[[], object]]:
    """What needs no more than a name or a number."""
    asked: dict[str, Any] = {"actor": visit.actor, "at": visit.at}
    him = asked | {"person_id": person}
    number = whole(of) or 0
    return {
        "give-role": lambda: give_role(**him, role=of),
        "take-role": lambda: take_role(**him, role=of),
        "join": lambda: place_in_team(**him, team_id=number),
        "lead": lambda: place_in_team(**him, team_id=number, is_lead=True),
        "leave": lambda: leave_team(**him, team_id=number),
        "deactivate": lambda: deactivate(**him),
        "reactivate": lambda: reactivate(**him),
        "back": lambda: cancel_absence(**asked, absence_id=number),
        "no-hours": lambda: set_hours(**him, hours=None),
    }


def _set_hours(request: HttpRequest, visit: Visit, shown: ColleaguePage) -> HttpResponse:
    form = AgentHours(request.POST)
    if form.is_valid():
        try:
            set_hours(
                actor=visit.actor,
                person_id=shown.colleague.id,
                hours=form.calendar(shown.hours),
                at=visit.at,
            )
        except Invalid as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Changed."))
            return redirect("setup:agent", shown.colleague.id)
    return _page(request, visit, shown, hours=form)


def _set_away(request: HttpRequest, visit: Visit, shown: ColleaguePage) -> HttpResponse:
    form = AwayForm(request.POST)
    if form.is_valid():
        sent = form.cleaned_data
        try:
            add_absence(
                actor=visit.actor,
                person_id=shown.colleague.id,
                from_at=datetime.combine(sent["first"], time(), visit.reader.zone),
                to_at=datetime.combine(sent["last"] + timedelta(days=1), time(), visit.reader.zone),
                at=visit.at,
            )
        except Invalid as problem:
            form.add_error("last", str(problem))
        else:
            messages.success(request, _("Noted."))
            return redirect("setup:agent", shown.colleague.id)
    return _page(request, visit, shown, away=form)


def _page(
    request: HttpRequest,
    visit: Visit,
    shown: ColleaguePage,
    *,
    hours: AgentHours | None = None,
    away: AwayForm | None = None,
) -> HttpResponse:
    who = shown.colleague.id
    return page(
        request,
        "setup/agent.html",
        visit,
        status=422 if hours or away else 200,
        **frame.around(visit, "people"),
        shown=shown,
        factors=second_factors([who]).get(who, ()),
        hours=hours or AgentHours(initial=filled(shown.hours, visit.reader.zone.key)),
        away=away or AwayForm(),
    )


def _invited(visit: Visit, form: InviteForm) -> Person | None:
    sent = form.cleaned_data
    try:
        return invite_agent(
            actor=visit.actor,
            email=sent["email"],
            name=sent["name"],
            role=sent["role"],
            team_ids=() if (team := whole(sent["team"])) is None else (team,),
            zone=brand().zone,
            language=sent["language"],
            at=visit.at,
        )
    except (Invalid, NotAllowed) as problem:
        field = getattr(problem, "field", None)
        form.add_error(field if field in form.fields else None, str(problem))
        return None
