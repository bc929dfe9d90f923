"""The columns of a ticket that follow from its history, saved for any number of tickets in one statement."""

from collections.abc import Sequence
from operator import attrgetter

from django.db.models import Field

from duly.desk import rows
from duly.desk.tickets.ticket import Ticket

DERIVED = (
    "status",
    "waiting_on",
    "priority",
    "rank",
    "team",
    "assignee",
    "binding",
    "merged_into",
    "excluded_by",
    "snoozed_until",
    "next_due_at",
    "wakes_at",
    "sequence",
    "resolved_at",
    "closed_at",
    "closes_at",
    "last_event_at",
)
"""The columns that follow from the history."""


def save(tickets: Sequence[Ticket]) -> None:
    """Write the derived columns of different tickets."""
    names = [derived(name).attname for name in DERIVED]
    values = attrgetter("pk", *names)
    rows.change(Ticket, DERIVED, [values(ticket) for ticket in tickets])


def derived(name: str) -> "Field[object, object]":
    """Give the field of a derived column."""
    field = Ticket._meta.get_field(name)
    assert isinstance(field, Field)
    return field
