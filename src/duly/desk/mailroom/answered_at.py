"""At which of the desk's addresses the answer to a letter arrives."""

from collections.abc import Collection, Mapping

from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.raw_mail import Outcome, RawMail
from duly.desk.tickets.ticket import Ticket


def answered_at(tickets: Collection[Ticket]) -> Mapping[int, str]:
    """Give the address of each ticket, by its id; none while no mail comes in. Two statements.

    Among those of its team, or among all if its team has none: the one to which the mail came that opened it, or the
    oldest.
    """
    boxes = list(Mailbox.objects.filter(is_active=True).only("address", "team").order_by("pk"))
    if not boxes:
        return {}
    first = RawMail.objects.filter(ticket__in=tickets, outcome=Outcome.TICKET.value)
    came_to = dict(first.values_list("ticket_id", "mailbox_id"))
    found = {}
    for ticket in tickets:
        among = [box for box in boxes if box.team_id == ticket.team_id] or boxes
        its_own = (box for box in among if box.pk == came_to.get(ticket.pk))
        found[ticket.pk] = next(its_own, among[0]).address
    return found
