"""Who may hear of an event."""

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_see, may_see_internal
from duly.desk.tickets.event import Event
from duly.desk.tickets.kinds import KINDS
from duly.desk.tickets.ticket import Ticket


def may_see_event(actor: Actor, event: Event, ticket: Ticket) -> bool:
    """Both sides see what is public; what is internal stays with the desk."""
    if KINDS[event.kind].is_public:
        return may_see(actor, ticket)
    return may_see_internal(actor, ticket)
