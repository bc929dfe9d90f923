"""When resolved tickets close by themselves."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duly.desk.access.require import require
from duly.desk.access.setup import may_set_up
from duly.desk.actions.setup.set_closing import LONGEST_DAYS, set_closing
from duly.desk.queries.desk_settings import close_after_days
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.setup import frame

_DAYS = gettext_lazy("Write a number of days from 1 to 365, or leave it empty.")


class ClosingForm(forms.Form):
    """The days; an empty box is never."""

    after_days = forms.IntegerField(
        min_value=1,
        max_value=LONGEST_DAYS,
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _DAYS),
    )


@agents("GET", "POST")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the days; a POST keeps others."""
    require(may_set_up(visit.actor))
    if request.method != "POST":
        return _form_page(request, visit, ClosingForm(initial={"after_days": close_after_days()}))
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _form_page(request, visit, form)
    set_closing(actor=visit.actor, after_days=form.cleaned_data["after_days"], at=visit.at)
    messages.success(request, _("Saved. It holds for what is resolved from now on."))
    return redirect("setup:closing")


def _form_page(request: HttpRequest, visit: Visit, form: ClosingForm) -> HttpResponse:
    return page(
        request,
        "setup/closing.html",
        visit,
        status=422 if form.errors else 200,
        **frame.around(visit, "closing"),
        form=form,
    )
