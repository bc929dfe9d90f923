"""The desk's own fields on pages: what they are called by kind, and their values as the reader writes them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duly.desk.queries.fields import Defined, Filled
from duly.desk.tickets.field import FieldKind
from duly.web.words import Reader, day, number

KINDS: Mapping[FieldKind, Promise] = {
    FieldKind.TEXT: gettext_lazy("words"),
    FieldKind.NUMBER: gettext_lazy("a number"),
    FieldKind.DATE: gettext_lazy("a date"),
    FieldKind.CHOICE: gettext_lazy("one of several choices"),
    FieldKind.YES_NO: gettext_lazy("yes or no"),
}


def value_words(kind: FieldKind, text: str, reader: Reader) -> str:
    """Say a value."""
    match kind:
        case FieldKind.NUMBER:
            return number(Decimal(text), reader)
        case FieldKind.DATE:
            return day(date.fromisoformat(text), reader)
        case FieldKind.YES_NO:
            return _("yes") if text == "yes" else _("no")
    return text


def filled_words(filled: Filled, reader: Reader) -> str:
    """Say what stands in a field of a ticket."""
    return value_words(filled.field.kind, filled.text, reader)


def answers(field: Defined, text: str = "") -> list[tuple[str, str]]:
    """The answers to choose from, and what stands there though it is none of them any more; none for what is typed."""
    match field.kind:
        case FieldKind.CHOICE:
            known = list(field.choices)
            return [(each, each) for each in (known if text in ("", *known) else [*known, text])]
        case FieldKind.YES_NO:
            return [("yes", _("yes")), ("no", _("no"))]
    return []


def input_type(field: Defined) -> str:
    """How a browser asks for what is typed."""
    return {FieldKind.NUMBER: "number", FieldKind.DATE: "date"}.get(field.kind, "text")
