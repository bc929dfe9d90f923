"""Two steps for what changes an agreement: a button that shows what would change, and one that changes it."""

from collections.abc import Callable, Mapping

from django import forms
from django.http import HttpRequest

from duly.desk.actions.agreements.foresee import Foreseen, foresee
from duly.web.access import Visit
from duly.web.tried import NO_NAMES, tried

LOOK = "look"
"""The button that asks what would change; any other makes the change."""


def considered(
    request: HttpRequest,
    visit: Visit,
    form: forms.Form,
    organisation: int,
    *,
    change: Callable[[], object],
    names: Mapping[str, str] = NO_NAMES,
) -> tuple[Foreseen, ...] | None:
    """Foresee a change if only that was asked for, else make it; why it cannot be made stands in the form.

    A form that was not sent yet asks for nothing.
    """
    if not form.is_valid():
        return None
    if LOOK not in request.POST:
        tried(form, change, names)
        return None

    def look() -> tuple[Foreseen, ...]:
        return foresee(change, actor=visit.actor, organisation_ids=[organisation], at=visit.at)

    return tried(form, look, names)
