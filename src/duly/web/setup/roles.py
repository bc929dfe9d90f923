"""Roles: what each allows, in words, changed at once for everybody who holds it."""

from dataclasses import asdict

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duly.desk.actions.people.edit_role import change_role, drop_role, make_role
from duly.desk.errors import NotFound, NotPossible
from duly.desk.people.role import Right
from duly.desk.queries.staff import RoleLine, desk_rights, role_lines
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.setup import frame
from duly.web.setup.rights_words import RIGHTS
from duly.web.tried import tried


class RoleForm(forms.Form):
    """A role's name and rights."""

    name = forms.CharField(
        max_length=100, error_messages={"required": gettext_lazy("Give it a name.")}
    )
    rights = forms.MultipleChoiceField(
        choices=[(right.value, "") for right in Right],
        error_messages={"required": gettext_lazy("Choose at least one right.")},
    )
    asks_second_factor = forms.BooleanField(required=False)


@agents("GET")
def show_all(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the roles."""
    return page(
        request,
        "setup/roles.html",
        visit,
        **frame.around(visit, "roles"),
        roles=role_lines(visit.actor),
    )


@agents("GET", "POST")
def new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Make a role."""
    role_lines(visit.actor)  # whoever may not is told that nothing is here
    return _edit(request, visit, None)


@agents("GET", "POST")
def change(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """Change a role."""
    found = next((each for each in role_lines(visit.actor) if each.key == key), None)
    if found is None:
        raise NotFound
    return _edit(request, visit, found)


@agents("POST")
def drop(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """Give a role up."""
    try:
        drop_role(actor=visit.actor, role=key, at=visit.at)
    except NotPossible as problem:
        messages.error(request, str(problem))
        return redirect("setup:role", key)
    messages.success(request, _("The role is gone."))
    return redirect("setup:roles")


def _keep(visit: Visit, role: RoleLine | None, form: RoleForm) -> None:
    if role is None:
        make_role(actor=visit.actor, at=visit.at, **form.cleaned_data)
    else:
        change_role(actor=visit.actor, role=role.key, at=visit.at, **form.cleaned_data)


def _edit(request: HttpRequest, visit: Visit, role: RoleLine | None) -> HttpResponse:
    stands = asdict(role) if role else {"rights": ["tickets.see"]}
    form = RoleForm(request.POST if request.method == "POST" else None, initial=stands)
    if request.method == "POST" and form.is_valid():
        tried(form, lambda: _keep(visit, role, form))
        if not form.errors:
            messages.success(request, _("Changed, at once for everybody who holds it."))
            return redirect("setup:roles")
    of_desk = desk_rights()
    rest = tuple(right for right in Right if right not in of_desk)
    return page(
        request,
        "setup/role.html",
        visit,
        status=422 if form.errors else 200,
        **frame.around(visit, "roles"),
        role=role,
        form=form,
        chosen=form["rights"].value() or (),
        groups=[
            (title, rights)
            for title, rights, shown in (
                (_("On the desk's side"), of_desk, role is None or not role.is_customers),
                (_("On the customer's side"), rest, role is None or role.is_customers),
            )
            if shown
        ],
        words=RIGHTS,
    )
