"""Placeholders in prepared words: a few names in double braces, replaced by plain values; nothing is evaluated."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from duly.desk.errors import Invalid

NAMES = (
    "customer.name",
    "customer.first_name",
    "customer.organisation",
    "ticket.number",
    "ticket.subject",
    "agent.name",
    "agent.first_name",
)
_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_MARKS = re.compile(r"([\\`*_\[\]~<])")


def must_be_known(text: str) -> None:
    """Refuse words with a placeholder that nobody would fill.

    Raises:
        Invalid: one has an unknown name, or is not closed.
    """
    for name in _PLACEHOLDER.findall(text):
        if name not in NAMES:
            raise Invalid(
                _("There is no placeholder “%(name)s”. Known: %(known)s.")
                % {"name": name, "known": ", ".join(NAMES)},
                field="text",
            )
    rest = _PLACEHOLDER.sub("", text)
    if "{{" in rest or "}}" in rest:
        raise Invalid(
            _("A placeholder is written {{ customer.name }}: two braces before and after it."),
            field="text",
        )


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put the values in the places of their names; a value is never read as markup, nor for further placeholders."""
    return _PLACEHOLDER.sub(lambda found: _plain(values.get(found[1], "")), text)


def _plain(value: str) -> str:
    """Write a value on one line so that Markdown shows it as it is."""
    return _MARKS.sub(r"\\\1", " ".join(value.split()))
