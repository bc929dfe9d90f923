"""Doing what a form asks for: what cannot be used, or is not possible, stands in the form and not in an error."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from django import forms

from duly.desk.errors import Invalid, NotPossible

Done = TypeVar("Done")
NO_NAMES: Mapping[str, str] = {}


def tried(
    form: forms.Form, doing: Callable[[], Done], names: Mapping[str, str] = NO_NAMES
) -> Done | None:
    """Do it, and give what it gave; None when the form says why that is impossible.

    `names` are boxes by what actions call them, where the form calls them otherwise.
    """
    try:
        return doing()
    except (Invalid, NotPossible) as problem:
        field = problem.field or "" if isinstance(problem, Invalid) else ""
        box = names.get(field, field)
        form.add_error(box if box in form.fields else None, str(problem))
        return None
