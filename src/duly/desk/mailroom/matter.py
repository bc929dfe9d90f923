"""What people are told of, in the words in which they may decline it."""

from collections.abc import Mapping
from enum import StrEnum

from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket


class Matter(StrEnum):
    """Something that a person may want to hear of or not."""

    OPENED = "opened"
    ANSWERED = "answered"
    """Whatever the other side wrote or decided."""
    ASSIGNED = "assigned"
    DUE_SOON = "due_soon"
    MISSED = "missed"
    ESCALATED = "escalated"
    USED_UP = "used_up"
    MENTIONED = "mentioned"


MATTERS: Mapping[str, Matter] = {
    "opened": Matter.OPENED,
    "replied": Matter.ANSWERED,
    "resolved": Matter.ANSWERED,
    "reopened": Matter.ANSWERED,
    "excluded": Matter.ANSWERED,
    "objected": Matter.ANSWERED,
    "assigned": Matter.ASSIGNED,
    "due_soon": Matter.DUE_SOON,
    "missed": Matter.MISSED,
    "escalated": Matter.ESCALATED,
    "level_opened": Matter.ESCALATED,
    "used_up": Matter.USED_UP,
    "noted": Matter.MENTIONED,
}
"""What each kind of event is to those who are told of it."""

_OF_CUSTOMERS = (Matter.OPENED, Matter.ANSWERED, Matter.ESCALATED, Matter.USED_UP)
_PRESSING = frozenset({Matter.OPENED, Matter.DUE_SOON, Matter.MISSED})
MOST_CRITICAL = 0
"""The rank of a policy's first level."""


def matters_of(*, is_agent: bool) -> tuple[Matter, ...]:
    """What somebody on one side of the desk is ever told of."""
    return tuple(Matter) if is_agent else _OF_CUSTOMERS


def always_told(*, is_agent: bool) -> Matter:
    """What nobody can decline: the answer that they asked for, the escalation that must reach somebody."""
    return Matter.ESCALATED if is_agent else Matter.ANSWERED


def is_urgent(event: Event, ticket: Ticket) -> bool:
    """Whether quiet hours do not hold it back: escalations, and what presses at the most critical level."""
    matter = MATTERS[event.kind]
    return matter is Matter.ESCALATED or (ticket.rank == MOST_CRITICAL and matter in _PRESSING)
