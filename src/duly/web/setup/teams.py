"""Teams: who works in them, who leads, and whether their tickets are theirs alone."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duly.desk.actions.people.change_team import change_team
from duly.desk.actions.people.organise import add_team
from duly.desk.errors import Invalid
from duly.desk.queries.staff import team_lines
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.setup import frame
from duly.web.tried import tried


class TeamForm(forms.Form):
    """A team's name, and whether it is private."""

    name = forms.CharField(
        max_length=100, error_messages={"required": gettext_lazy("Give it a name.")}
    )
    is_private = forms.BooleanField(required=False)


@agents("GET", "POST")
def show_all(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the teams; a POST adds one."""
    shown = team_lines(visit.actor)
    form = TeamForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        if tried(form, lambda: add_team(actor=visit.actor, at=visit.at, **sent)):
            messages.success(request, _("Added. Put people into it on their pages."))
            return redirect("setup:teams")
    return page(
        request,
        "setup/teams.html",
        visit,
        status=422 if form.errors else 200,
        **frame.around(visit, "teams"),
        shown=shown,
        form=form,
    )


@agents("POST")
def change(request: HttpRequest, visit: Visit, team: int) -> HttpResponse:
    """Rename a team, or make it private."""
    form = TeamForm(request.POST)
    name = request.POST.get("name", "")
    try:
        change_team(
            actor=visit.actor,
            team_id=team,
            name=name if form.is_valid() else "",
            is_private="is_private" in request.POST,
            at=visit.at,
        )
    except Invalid as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Changed."))
    return redirect("setup:teams")
