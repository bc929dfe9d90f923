"""Make a field of the desk's own, change it, put it elsewhere in the order, retire it, and bring it back."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from django.db import connection, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.require import require
from duly.desk.access.setup import may_set_up
from duly.desk.actions._audit import audit
from duly.desk.errors import Invalid, NotFound
from duly.desk.people.naming import one_line
from duly.desk.queries.sought import OPERATORS
from duly.desk.tickets.field import Field, FieldKind

MOST = 50
"""So many fields a desk may have in use; a form with more is filled in by nobody."""
MOST_CHOICES, LONGEST = 200, 100
_ONE_BY_ONE = 0x6669656C64  # "field"
"""The advisory lock under which fields are added, so that each has a key and a place of its own."""
_KEY = re.compile(r"[a-z][a-z0-9-]{0,49}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a field asks, whom, and when it must be filled."""

    name: str
    choices: Sequence[str] = ()
    is_for_customers: bool = False
    is_required_on_form: bool = False
    is_required_to_resolve: bool = False


@transaction.atomic
def add_field(*, actor: Actor, kind: str, asked: Asked, key: str = "", at: datetime) -> Field:
    """Add a field behind the others; without a key it is given one that is made of its name.

    Raises:
        NotFound: the actor may not.
        Invalid: it has no name, no choices to choose from, or a key that is taken or none; `field` says what.
    """
    require(may_set_up(actor))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_BY_ONE])
    fields = list(Field.objects.all())
    if kind not in tuple(FieldKind):
        raise Invalid(_("Choose what it takes."), field="kind")
    if sum(field.retired_at is None for field in fields) >= MOST:
        raise Invalid(_("At most %(most)s fields can be in use.") % {"most": MOST}, field="name")
    taken = OPERATORS | {field.key for field in fields}
    field = Field(kind=kind, position=max((each.position for each in fields), default=0) + 1)
    field.key = _own_key(key, taken) if key.strip() else _key_of(asked.name, taken)
    _put(field, asked)
    audit("field_added", actor=actor, at=at, subject=field)
    return field


@transaction.atomic
def change_field(*, actor: Actor, field_id: int, asked: Asked, at: datetime) -> Field:
    """Change what a field asks; what stands in it on tickets stays.

    Raises:
        NotFound: the actor may not, or there is none.
        Invalid: as for `add_field`.
    """
    field = _take(actor, field_id)
    _put(field, asked)
    audit("field_changed", actor=actor, at=at, subject=field)
    return field


@transaction.atomic
def move_field(*, actor: Actor, field_id: int, step: int, at: datetime) -> Field:
    """Move a field by so many places among those in use, -1 being one up; at an end it stays.

    Raises:
        NotFound: the actor may not, or there is none.
    """
    require(may_set_up(actor))
    fields = list(Field.objects.select_for_update().filter(retired_at=None))
    place = next((n for n, field in enumerate(fields) if field.pk == field_id), None)
    if place is None:
        raise NotFound
    field = fields.pop(place)
    fields.insert(min(max(place + step, 0), len(fields)), field)
    for position, each in enumerate(fields, start=1):
        each.position = position
    Field.objects.bulk_update(fields, ["position"])
    audit("field_moved", actor=actor, at=at, subject=field)
    return field


@transaction.atomic
def retire_field(*, actor: Actor, field_id: int, at: datetime) -> Field:
    """Ask for a field no more; what stands in it stays, and it can be brought back.

    Raises:
        NotFound: the actor may not, or there is none.
    """
    field = _take(actor, field_id)
    field.retired_at = at
    field.save(update_fields=["retired_at"])
    audit("field_retired", actor=actor, at=at, subject=field)
    return field


@transaction.atomic
def bring_field_back(*, actor: Actor, field_id: int, at: datetime) -> Field:
    """Ask for a retired field again.

    Raises:
        NotFound: the actor may not, or there is none.
    """
    field = _take(actor, field_id)
    field.retired_at = None
    field.save(update_fields=["retired_at"])
    audit("field_brought_back", actor=actor, at=at, subject=field)
    return field


def _take(actor: Actor, field_id: int) -> Field:
    require(may_set_up(actor))
    field = Field.objects.select_for_update().filter(pk=field_id).first()
    if field is None:
        raise NotFound
    return field


def _put(field: Field, asked: Asked) -> None:
    field.name = one_line(asked.name)
    if not 1 <= len(field.name) <= LONGEST:
        raise Invalid(_("Give it a name of up to 100 letters."), field="name")
    is_choice = field.kind == FieldKind.CHOICE
    field.choices = _choices(asked.choices) if is_choice else []
    field.is_for_customers = asked.is_for_customers
    field.is_required_on_form = asked.is_required_on_form and asked.is_for_customers
    field.is_required_to_resolve = asked.is_required_to_resolve
    field.save()


def _choices(given: Sequence[str]) -> list[str]:
    choices = list(dict.fromkeys(line for each in given if (line := one_line(each))))
    if not 1 <= len(choices) <= MOST_CHOICES or any(len(each) > LONGEST for each in choices):
        raise Invalid(
            _("Write 1 to %(most)s choices, each on a line of its own of up to 100 letters.")
            % {"most": MOST_CHOICES},
            field="choices",
        )
    return choices


def _own_key(key: str, taken: frozenset[str]) -> str:
    key = key.strip().lower()
    if not _KEY.fullmatch(key):
        raise Invalid(
            _("A key begins with a letter and has only a to z, digits and hyphens."), field="key"
        )
    if key in taken:
        raise Invalid(_("That key is taken: choose another."), field="key")
    return key


def _key_of(name: str, taken: frozenset[str]) -> str:
    return next(key for key in _keys(slugify(name).replace("_", "-")) if key not in taken)


def _keys(stem: str) -> Iterator[str]:
    """The name in plain letters, then the same with a number."""
    stem = stem[:40] if _KEY.fullmatch(stem[:40]) else "field"
    yield stem
    for number in count(2):
        yield f"{stem}-{number}"
