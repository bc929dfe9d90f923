"""What may stand in a desk's own fields: read from what was typed, asked for by the form and before resolving."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from duly.desk.actions._record import LockedTicket
from duly.desk.actions.tickets._intake import Report
from duly.desk.errors import Invalid, Unfilled
from duly.desk.people.naming import one_line
from duly.desk.tickets.field import Field, FieldKind, FieldValue, box_of
from duly.desk.tickets.kinds import FILLED
from duly.desk.tickets.ticket import Ticket

LONGEST = 500
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,10})?")


def read_value(field: Field, typed: str) -> str:
    """Read what was typed for a field as it is kept; nothing but white space is no value.

    Raises:
        Invalid: it is none of what the field takes; `field` of the error names the box.
    """
    text = one_line(typed)
    if not text:
        return ""
    match FieldKind(field.kind):
        case FieldKind.NUMBER if _NUMBER.fullmatch(text):
            return _plain(Decimal(text))
        case FieldKind.NUMBER:
            problem = _("%(field)s: write a number, such as 12 or 0.5.")
        case FieldKind.DATE:
            if (day := _day(text)) is not None:
                return day.isoformat()
            problem = _("%(field)s: write a date, such as 2026-11-30.")
        case FieldKind.TEXT if len(text) <= LONGEST:
            return text
        case FieldKind.TEXT:
            problem = _("%(field)s: write at most 500 letters.")
        case FieldKind.CHOICE if text in field.choices:
            return text
        case FieldKind.YES_NO if text in ("yes", "no"):
            return text
        case _:
            problem = _("%(field)s: choose one of the answers.")
    raise Invalid(problem % {"field": field.name}, field=box_of(field.key))


def told_in_fields(report: Report, typed: Mapping[str, str]) -> list[FieldValue]:
    """Give the values of a report, not yet kept. At most one statement; none where nothing is told nor asked.

    Raises:
        Invalid: one cannot be used, is missing on the form, or is in a field that is not for its writer.
    """
    if not typed and not report.on_the_form:
        return []
    fields = Field.objects.filter(retired_at=None)
    if report.by_customer:
        fields = fields.filter(is_for_customers=True)
    known = {field.key: field for field in fields}
    must_be_known(typed, known)
    read = {key: read_value(field, typed.get(key, "")) for key, field in known.items()}
    if report.on_the_form:
        _must_all_be_told(
            field for key, field in known.items() if field.is_required_on_form and not read[key]
        )
    return [FieldValue(field=known[key], text=text) for key, text in read.items() if text]


def keep_values(ticket: LockedTicket, values: Sequence[FieldValue]) -> list[FieldValue]:
    """Write the rows of values; that they were filled in goes through the door."""
    for value in values:
        value.ticket = ticket
    return FieldValue.objects.bulk_create(values) if values else []


def came_filled(values: Sequence[FieldValue]) -> dict[str, list[int]]:
    """Name the values that came with an opening; without any nothing is said."""
    return {FILLED: [value.pk for value in values]} if values else {}


def must_be_known(typed: Mapping[str, str], known: Mapping[str, Field]) -> None:
    """Refuse a value for what is no field, or none of its writer's.

    Raises:
        Invalid: there is such a value.
    """
    if unknown := sorted(typed.keys() - known.keys()):
        raise Invalid(_("There is no field %(key)s.") % {"key": unknown[0]}, field="fields")


def must_be_filled(ticket: Ticket) -> None:
    """Refuse to resolve a ticket without what the desk wants to know by then. One statement.

    Raises:
        Unfilled: fields are empty.
    """
    filled = FieldValue.objects.filter(ticket=ticket, field=OuterRef("pk"), is_current=True)
    wanted = Field.objects.filter(is_required_to_resolve=True, retired_at=None)
    empty = list(wanted.exclude(Exists(filled)))
    if empty:
        raise Unfilled(
            _("Before ticket %(ticket)s can be resolved, fill in: %(fields)s.")
            % {"ticket": ticket, "fields": ", ".join(field.name for field in empty)},
            field=box_of(empty[0].key),
        )


def _must_all_be_told(missing: Iterable[Field]) -> None:
    for field in missing:
        raise Invalid(_("Fill in: %(field)s.") % {"field": field.name}, field=box_of(field.key))


def _plain(number: Decimal) -> str:
    """One way to write each number: 12, not 12.0 or 1.2E+1."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    whole = str(int(text)) if "." not in text else text
    return "0" if whole in ("-0", "") else whole


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
