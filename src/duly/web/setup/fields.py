"""Fields of the desk's own: the list in their order, one with what it asks, retiring with a way back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duly.desk.access.require import require
from duly.desk.access.setup import may_set_up
from duly.desk.actions.fields.define import (
    Asked,
    add_field,
    bring_field_back,
    change_field,
    move_field,
    retire_field,
)
from duly.desk.errors import NotFound
from duly.desk.queries.fields import Defined, all_fields, field_to_change
from duly.desk.tickets.field import FieldKind
from duly.web.access import Visit, agents
from duly.web.fields import KINDS
from duly.web.pages import page
from duly.web.setup import frame
from duly.web.tried import tried


class FieldForm(forms.Form):
    """What is typed for a field. Its kind and key are asked for once."""

    name = forms.CharField(
        max_length=100, error_messages={"required": gettext_lazy("Give it a name.")}
    )
    kind = forms.ChoiceField(choices=[(kind.value, "") for kind in FieldKind], required=False)
    key = forms.CharField(required=False, max_length=50)
    choices = forms.CharField(required=False, max_length=30_000)
    is_for_customers = forms.BooleanField(required=False)
    is_required_on_form = forms.BooleanField(required=False)
    is_required_to_resolve = forms.BooleanField(required=False)

    def asked(self) -> Asked:
        """What the field asks."""
        typed = self.cleaned_data
        return Asked(
            name=typed["name"],
            choices=typed["choices"].splitlines(),
            is_for_customers=typed["is_for_customers"],
            is_required_on_form=typed["is_required_on_form"],
            is_required_to_resolve=typed["is_required_to_resolve"],
        )


@agents("GET")
def show_all(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List them in the order in which they are asked for."""
    found = all_fields(visit.actor)
    return page(
        request,
        "setup/fields.html",
        visit,
        **frame.around(visit, "fields"),
        used=[field for field in found if not field.is_retired],
        retired=[field for field in found if field.is_retired],
        kinds=KINDS,
    )


@agents("GET", "POST")
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Make one."""
    require(may_set_up(visit.actor))
    form = FieldForm(request.POST or None, initial={"kind": FieldKind.TEXT.value})
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        added = tried(
            form,
            lambda: add_field(
                actor=visit.actor,
                kind=sent["kind"],
                key=sent["key"],
                asked=form.asked(),
                at=visit.at,
            ),
        )
        if added:
            messages.success(request, _("Field added."))
            return redirect("setup:fields")
    return _form_page(request, visit, form, None)


@agents("GET", "POST")
def change(request: HttpRequest, visit: Visit, field_id: int) -> HttpResponse:
    """Change what one asks."""
    shown = field_to_change(visit.actor, field_id)
    form = FieldForm(request.POST or None, initial=_typed(shown))
    if request.method == "POST" and form.is_valid():
        asked = form.asked()
        if tried(
            form,
            lambda: change_field(actor=visit.actor, field_id=field_id, asked=asked, at=visit.at),
        ):
            messages.success(request, _("Field saved."))
            return redirect("setup:fields")
    return _form_page(request, visit, form, shown)


@dataclass(frozen=True, slots=True)
class Step:
    """Something done to a field with one press, what is said then, and the step that takes it back."""

    act: Callable[[Visit, int], object]
    done: Callable[[], str]
    back: str = ""


def _move(by: int) -> Callable[[Visit, int], object]:
    return lambda visit, it: move_field(actor=visit.actor, field_id=it, step=by, at=visit.at)


STEPS = {
    "up": Step(_move(-1), lambda: _("Moved up.")),
    "down": Step(_move(1), lambda: _("Moved down.")),
    "retire": Step(
        lambda visit, it: retire_field(actor=visit.actor, field_id=it, at=visit.at),
        lambda: _("Retired: nobody is asked for it, and what stands in it stays."),
        "bring-back",
    ),
    "bring-back": Step(
        lambda visit, it: bring_field_back(actor=visit.actor, field_id=it, at=visit.at),
        lambda: _("It is asked for again."),
    ),
}


@agents("POST")
def step(request: HttpRequest, visit: Visit, field_id: int, verb: str) -> HttpResponse:
    """Put one elsewhere in the order, retire it or bring it back."""
    if verb not in STEPS:
        raise NotFound
    chosen = STEPS[verb]
    chosen.act(visit, field_id)
    back = reverse("setup:step-field", args=[field_id, chosen.back]) if chosen.back else ""
    messages.success(request, chosen.done(), extra_tags=back)
    return redirect("setup:fields")


def _form_page(
    request: HttpRequest, visit: Visit, form: FieldForm, shown: Defined | None
) -> HttpResponse:
    return page(
        request,
        "setup/field.html",
        visit,
        status=422 if form.errors else 200,
        **frame.around(visit, "fields"),
        form=form,
        field=shown,
        kinds=[(kind.value, words) for kind, words in KINDS.items()],
    )


def _typed(shown: Defined) -> dict[str, Any]:
    return {
        "name": shown.name,
        "kind": shown.kind.value,
        "choices": "\n".join(shown.choices),
        "is_for_customers": shown.is_for_customers,
        "is_required_on_form": shown.is_required_on_form,
        "is_required_to_resolve": shown.is_required_to_resolve,
    }
