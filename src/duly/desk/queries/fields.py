"""The desk's own fields: the list on which they are kept, what a form asks, and what stands in them on a ticket."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from duly.desk.access.actor import Actor
from duly.desk.access.require import require
from duly.desk.access.setup import may_set_up
from duly.desk.errors import NotFound
from duly.desk.tickets.event import Event
from duly.desk.tickets.field import Field, FieldKind, FieldValue, box_of
from duly.desk.tickets.selection import Filters
from duly.desk.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Defined:
    """A field as it is set up."""

    id: int
    key: str
    name: str
    kind: FieldKind
    choices: tuple[str, ...]
    is_for_customers: bool
    is_required_on_form: bool
    is_required_to_resolve: bool
    is_retired: bool

    @property
    def box(self) -> str:
        """How a form names its box."""
        return box_of(self.key)


@dataclass(frozen=True, slots=True)
class Filled:
    """A field with what stands in it on a ticket; empty where nothing does."""

    field: Defined
    text: str


def all_fields(actor: Actor) -> tuple[Defined, ...]:
    """Those in use in their order, then the retired ones. One statement.

    Raises:
        NotFound: the actor does not set up the desk.
    """
    require(may_set_up(actor))
    rows = Field.objects.order_by(F("retired_at").asc(nulls_first=True), "position", "pk")
    return tuple(map(_defined, rows))


def field_to_change(actor: Actor, field_id: int) -> Defined:
    """One of them.

    Raises:
        NotFound: there is none, or the actor does not set up the desk.
    """
    require(may_set_up(actor))
    row = Field.objects.filter(pk=field_id).first()
    if row is None:
        raise NotFound
    return _defined(row)


def fields_of_form() -> tuple[Defined, ...]:
    """What customers are asked when they report something. One statement."""
    return tuple(map(_defined, Field.objects.filter(retired_at=None, is_for_customers=True)))


def keys_in_order() -> tuple[str, ...]:
    """The keys by which searches and files name fields, retired ones too. One statement."""
    return tuple(Field.objects.values_list("key", flat=True))


def values_of(tickets: Collection[int]) -> dict[tuple[int, str], str]:
    """What stands in the fields of tickets, by ticket and key. One statement."""
    rows = FieldValue.objects.filter(ticket__in=tickets, is_current=True)
    found = rows.values_list("ticket", "field__key", "text")
    return {(ticket, key): text for ticket, key, text in found}


def fields_with_answers() -> tuple[Defined, ...]:
    """Those in use that have answers to choose from: what the queue is filtered by. One statement."""
    kinds = (FieldKind.CHOICE, FieldKind.YES_NO)
    return tuple(map(_defined, Field.objects.filter(retired_at=None, kind__in=kinds)))


def field_of(filters: Filters) -> Defined | None:
    """The field that filters speak of. At most one statement."""
    key = filters.field.partition(":")[0]
    row = Field.objects.filter(key=key).first() if key else None
    return _defined(row) if row else None


def shown_to_customer(row: Ticket) -> tuple[Filled, ...]:
    """What stands in the fields that are for customers. One statement."""
    rows = FieldValue.objects.filter(ticket=row, is_current=True, field__is_for_customers=True)
    found = rows.select_related("field").order_by("field__position", "field")
    return tuple(Filled(_defined(value.field), value.text) for value in found)


def filled(
    fields: Iterable[Mapping[str, Any]], values: Iterable[Mapping[str, Any]]
) -> tuple[Filled, ...]:
    """The fields of a ticket from their columns: those in use, and retired ones in which something stands."""
    texts = {each["field"]: each["text"] for each in values if each["is_current"]}
    found = (Filled(_read(each), texts.get(each["id"], "")) for each in fields)
    return tuple(each for each in found if each.text or not each.field.is_retired)


COLUMNS = (
    *("id", "key", "name", "kind", "choices", "retired_at"),
    *("is_for_customers", "is_required_on_form", "is_required_to_resolve"),
)


def names_in(events: Iterable[Event]) -> dict[str, str]:
    """What the fields and values that events name are called. One statement where any does, else none."""
    named = {(event.ticket_id, event.facts["field"]) for event in events if event.kind == "filled"}
    if not named:
        return {}
    # A field that was emptied held something before, so each has a row.
    rows = FieldValue.objects.filter(
        ticket__in={ticket for ticket, _ in named}, field__in={field for _, field in named}
    )
    names: dict[str, str] = {}
    for pk, text, field_id, name in rows.values_list("pk", "text", "field", "field__name"):
        names |= {f"value:{pk}": text, f"field:{field_id}": name}
    return names


def _defined(row: Field) -> Defined:
    return _read({column: getattr(row, column) for column in COLUMNS})


def _read(columns: Mapping[str, Any]) -> Defined:
    stated = dict(columns)
    retired_at = stated.pop("retired_at")
    return Defined(
        **stated
        | {
            "kind": FieldKind(stated["kind"]),
            "choices": tuple(stated["choices"]),
            "is_retired": retired_at is not None,
        }
    )
