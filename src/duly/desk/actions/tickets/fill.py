"""Fill in the desk's own fields of a ticket."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_note
from duly.desk.actions._record import record
from duly.desk.actions.tickets._fields import keep_values, must_be_known, read_value
from duly.desk.actions.tickets._take import take
from duly.desk.tickets.field import Field, FieldValue
from duly.desk.tickets.happening import Happening
from duly.desk.tickets.ticket import Ticket


@transaction.atomic
def fill(*, actor: Actor, ticket_id: int, values: Mapping[str, str], at: datetime) -> Ticket:
    """Let these fields, by key, hold these values; an empty one empties its field. What stays the same is not recorded.

    A value that is there already may stay, though its field offers others by now. Retired fields are left as they are.

    Raises:
        NotFound, NotAllowed: the actor may not.
        Invalid: there is no such field, or it does not take that value.
    """
    ticket = take(ticket_id, actor, may_note, to=_("fill in the fields of this ticket"))
    fields = {field.key: field for field in Field.objects.filter(retired_at=None)}
    must_be_known(values, fields)
    current = FieldValue.objects.filter(ticket=ticket, is_current=True)
    standing = {row.field_id: row.text for row in current}
    changed = {
        field.pk: (field, text)
        for field, text in _read(values, fields, standing)
        if text != standing.get(field.pk, "")
    }
    if changed:
        current.filter(field__in=changed).update(is_current=False)
        new = [FieldValue(field=field, text=text) for field, text in changed.values() if text]
        kept = {value.field_id: value for value in keep_values(ticket, new)}
        happened = [_filled(field, kept.get(field.pk), at) for field, _text in changed.values()]
        record(ticket, *happened, actor=actor, at=at)
    return ticket


def _read(
    values: Mapping[str, str], fields: Mapping[str, Field], standing: Mapping[int, str]
) -> list[tuple[Field, str]]:
    return [
        (field, typed if typed == standing.get(field.pk) else read_value(field, typed))
        for field, typed in ((fields[key], typed) for key, typed in values.items())
    ]


def _filled(field: Field, value: FieldValue | None, at: datetime) -> Happening:
    facts = {"field": field.pk, "kind": field.kind, "value": value.pk if value else None}
    return Happening(kind="filled", at=at, facts=facts)
