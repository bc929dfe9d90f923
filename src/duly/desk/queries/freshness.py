"""Whether something happened since a page was drawn, and who is there: one tag, one indexed statement."""

from collections.abc import Mapping

from django.db.models import Max

from duly.desk.tickets.event import Event
from duly.desk.tickets.tally import Tally
from duly.desk.tickets.ticket import Ticket


def ticket_number(ticket_id: int) -> int:
    """The sequence number of a ticket; it rises with each event. 0 without such a ticket."""
    found = Ticket.objects.filter(pk=ticket_id).values_list("sequence", flat=True).first()
    return found or 0


def latest_event() -> int:
    """A number that rises with each event anywhere in the desk."""
    return Event.objects.aggregate(latest=Max("pk"))["latest"] or 0


def desk_number() -> int:
    """A number that rises with each event anywhere in the desk, and when a count on the side changes."""
    event = Event.objects.order_by("-pk").values_list("pk")[:1]
    tally = Tally.objects.order_by("-pk").values_list("pk")[:1]
    return sum(number for (number,) in event.union(tally, all=True))


_NOBODY: Mapping[int, str] = {}


def ticket_tag(
    sequence: int, does: Mapping[int, str] = _NOBODY, pending: bool | None = None
) -> str:
    """Name how a ticket's page looks to an agent: who else does what there, and whether their own reply leaves."""
    own = {None: "", True: "-leaves", False: "-stopped"}[pending]
    return f"{sequence}" + "".join(f"-{one}{does[one][0]}" for one in sorted(does)) + own
