"""Whether something happened since a page was drawn: one number, one indexed statement."""

from django.db.models import Max

from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket


def ticket_number(ticket_id: int) -> int:
    """The sequence number of a ticket; it rises with each event. 0 without such a ticket."""
    found = Ticket.objects.filter(pk=ticket_id).values_list("sequence", flat=True).first()
    return found or 0


def desk_number() -> int:
    """A number that rises with each event anywhere in the desk."""
    return Event.objects.aggregate(latest=Max("pk"))["latest"] or 0
