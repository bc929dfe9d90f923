"""Let a ticket go on in another of the same customer, and take that back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.events import Merged
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_merge
from duly.desk.actions._record import record_many
from duly.desk.actions.tickets._take import must_not_be_over, take_both
from duly.desk.errors import Invalid, NotPossible
from duly.desk.tickets.happening import Happening, happening
from duly.desk.tickets.message import Message
from duly.desk.tickets.ticket import Ticket


@transaction.atomic
def merge(*, actor: Actor, ticket_id: int, into_id: int, at: datetime) -> Ticket:
    """Close a ticket in favour of another, whose requester or organisation is the same.

    Raises:
        NotFound, NotAllowed: the actor may not, on either of the two.
        NotPossible: one of them is closed or merged already.
        Invalid: they are the same ticket, or of different customers.
    """
    if ticket_id == into_id:
        raise Invalid(_("A ticket cannot be merged into itself."), field="into")
    ticket, into = take_both(ticket_id, into_id, actor, may_merge, to=_("merge this ticket"))
    must_not_be_over(ticket)
    must_not_be_over(into)
    same = (ticket.organisation_id, ticket.requester_id if ticket.organisation_id is None else None)
    other = (into.organisation_id, into.requester_id if into.organisation_id is None else None)
    if same != other:
        raise Invalid(_("The two are of different customers: nothing was merged."), field="into")
    merged = happening(Merged(at=instant.from_datetime(at), into=str(into.pk)))
    absorbed = Happening(kind="absorbed", at=at, facts={"ticket": ticket.pk})
    record_many([(ticket, [merged]), (into, [absorbed])], actor=actor, at=at)
    return ticket


@transaction.atomic
def unmerge(*, actor: Actor, ticket_id: int, at: datetime) -> Ticket:
    """Let a merged ticket go on by itself: its clocks stand as if it had never been merged.

    Raises:
        NotFound, NotAllowed: the actor may not, on either of the two.
        NotPossible: the ticket is not merged, or has no words of its own since a splitting was taken back.
    """
    into_id = Ticket.objects.filter(pk=ticket_id).values_list("merged_into", flat=True).first()
    into_id = into_id or ticket_id
    ticket, into = take_both(ticket_id, into_id, actor, may_merge, to=_("merge this ticket"))
    if ticket.merged_into_id is None or ticket.merged_into_id != into.pk:
        raise NotPossible(_("Ticket %(ticket)s is not merged into another.") % {"ticket": ticket})
    if not Message.objects.filter(ticket=ticket).exists():
        raise NotPossible(
            _(
                "The words of %(ticket)s went back to %(into)s with the splitting, and it would stand there empty. "
                "Split them off again instead."
            )
            % {"ticket": ticket, "into": into}
        )
    unmerged = Happening(kind="unmerged", at=at)
    released = Happening(kind="released", at=at, facts={"ticket": ticket.pk})
    record_many([(ticket, [unmerged]), (into, [released])], actor=actor, at=at)
    return ticket
