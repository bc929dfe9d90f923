"""The exclusion that holds on a ticket, and the customer's objection to it."""

from collections.abc import Iterable

from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket

KINDS = ("excluded", "objected")


def objection(ticket: Ticket) -> Event | None:
    """The objection to the exclusion that holds; one to an earlier exclusion does not count. One statement."""
    return newest_objection(Event.objects.filter(ticket=ticket, kind__in=KINDS))


def newest_objection(events: Iterable[Event]) -> Event | None:
    """The same from events in their order, whichever others are among them."""
    found = None
    for event in events:
        if event.kind == "excluded":
            found = None
        elif event.kind == "objected":
            found = event
    return found
