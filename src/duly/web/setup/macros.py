"""Macros: the list, one with its words and steps, removing with a way back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duly.desk.access.macros import may_share_with_everybody
from duly.desk.access.require import require
from duly.desk.actions.macros.keep import (
    MacroWords,
    add_macro,
    change_macro,
    put_macro_back,
    remove_macro,
)
from duly.desk.queries.macros import MacroLine, all_teams, macro, macros, teams_of
from duly.desk.tickets.placeholders import NAMES
from duly.web.access import Visit, agents
from duly.web.agent.macros import does
from duly.web.pages import page
from duly.web.setup import frame
from duly.web.tried import tried
from duly.web.typed import whole

OWN, EVERYBODY = "own", "everybody"


class MacroForm(forms.Form):
    """What is typed for a macro."""

    name = forms.CharField(
        max_length=100, error_messages={"required": gettext_lazy("Give it a name.")}
    )
    text = forms.CharField(required=False, strip=False)
    tags = forms.CharField(required=False, max_length=500)
    priority = forms.CharField(required=False, max_length=50)
    assigns_to = forms.ChoiceField(required=False)
    then = forms.ChoiceField(choices=[("", ""), ("wait", ""), ("resolve", "")], required=False)
    whose = forms.ChoiceField(required=False)

    def __init__(self, visit: Visit, data: Any = None, **given: Any) -> None:
        super().__init__(data, **given)
        teams = [(str(key), name) for key, name in all_teams()]
        self.fields["assigns_to"].choices = [("", ""), ("me", ""), *teams]  # type: ignore[attr-defined]
        self.fields["whose"].choices = _whose(visit)  # type: ignore[attr-defined]

    def words(self) -> MacroWords:
        """What the macro says and does."""
        typed = self.cleaned_data
        goes = typed["assigns_to"]
        return MacroWords(
            name=typed["name"],
            text=typed["text"],
            tags=[tag for tag in typed["tags"].split(",") if tag.strip()],
            priority=typed["priority"],
            takes=goes == "me",
            assigns_to=whole(goes),
            then=typed["then"] or None,
        )


@agents("GET")
def show_all(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the agent's own, those of their teams and everybody's."""
    around = frame.around(visit, "macros")
    return page(
        request, "setup/macros.html", visit, **around, macros=macros(visit.actor), does=does
    )


@agents("GET", "POST")
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Make one."""
    form = MacroForm(visit, request.POST or None, initial={"whose": OWN})
    if request.method == "POST" and form.is_valid():
        whose = form.cleaned_data["whose"] or OWN
        added = tried(
            form,
            lambda: add_macro(
                actor=visit.actor,
                words=form.words(),
                is_own=whose == OWN,
                team_id=whole(whose),
                at=visit.at,
            ),
        )
        if added:
            messages.success(request, _("Macro added."))
            return redirect("setup:macros")
    return _form_page(request, visit, form, None)


@agents("GET", "POST")
def change(request: HttpRequest, visit: Visit, macro_id: int) -> HttpResponse:
    """Change one."""
    shown = macro(visit.actor, macro_id)
    require(shown.may_keep, sees=True, to=_("change this macro"))
    form = MacroForm(visit, request.POST or None, initial=_typed(shown))
    if request.method == "POST" and form.is_valid():
        words = form.words()
        if tried(
            form,
            lambda: change_macro(actor=visit.actor, macro_id=macro_id, words=words, at=visit.at),
        ):
            messages.success(request, _("Macro saved."))
            return redirect("setup:macros")
    return _form_page(request, visit, form, shown)


@agents("POST")
def remove(request: HttpRequest, visit: Visit, macro_id: int) -> HttpResponse:
    """Remove one, with a way back."""
    gone = remove_macro(actor=visit.actor, macro_id=macro_id, at=visit.at)
    back = reverse("setup:put-macro-back", args=[macro_id])
    messages.success(request, _("Removed: %(name)s") % {"name": gone}, extra_tags=back)
    return redirect("setup:macros")


@agents("POST")
def put_back(request: HttpRequest, visit: Visit, macro_id: int) -> HttpResponse:
    """Put a removed one back."""
    put_macro_back(actor=visit.actor, macro_id=macro_id, at=visit.at)
    messages.success(request, _("It is there again."))
    return redirect("setup:macros")


def _form_page(
    request: HttpRequest, visit: Visit, form: MacroForm, shown: MacroLine | None
) -> HttpResponse:
    return page(
        request,
        "setup/macro.html",
        visit,
        status=422 if form.errors else 200,
        **frame.around(visit, "macros"),
        form=form,
        macro=shown,
        names=NAMES,
        whose=_whose(visit),
        goes=[("", _("stays where it is")), ("me", _("whoever uses the macro"))]
        + [(str(key), name) for key, name in all_teams()],
        follows=[
            ("", _("nothing more")),
            ("wait", _("the ticket waits for the customer")),
            ("resolve", _("the ticket is resolved")),
        ],
    )


def _whose(visit: Visit) -> list[tuple[str, str]]:
    everybody = [(EVERYBODY, _("everybody"))] if may_share_with_everybody(visit.actor) else []
    teams = [(str(key), name) for key, name in teams_of(visit.actor)]
    return [(OWN, _("me alone")), *teams, *everybody]


def _typed(shown: MacroLine) -> dict[str, str]:
    return {
        "name": shown.name,
        "text": shown.text,
        "tags": ", ".join(shown.tags),
        "priority": shown.priority,
        "assigns_to": "me" if shown.takes else str(shown.assigns_to_id or ""),
        "then": shown.then,
    }
