"""Link two tickets, and take that back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_progress
from duly.desk.actions._record import LockedTicket, record_many
from duly.desk.actions.tickets._take import take_both
from duly.desk.errors import Invalid, NotPossible
from duly.desk.tickets.happening import Happening
from duly.desk.tickets.link import SEEN_FROM_THERE, Link, Relation
from duly.desk.tickets.ticket import Ticket


@transaction.atomic
def link(*, actor: Actor, ticket_id: int, to_id: int, relation: str, at: datetime) -> Ticket:
    """Say that a ticket is related to, caused by or a duplicate of another, whoever the customers are.

    What was said of the two before is replaced; the same again records nothing. No customer sees it.

    Raises:
        NotFound, NotAllowed: the actor may not, on either of the two.
        Invalid: they are the same ticket, or there is no such relation.
    """
    if ticket_id == to_id:
        raise Invalid(_("A ticket cannot be linked to itself."), field="to")
    if relation not in SEEN_FROM_THERE:
        raise Invalid(_("Choose how the two tickets belong together."), field="relation")
    ticket, to = _both(actor, ticket_id, to_id)
    before = _between(ticket, to)
    if before is not None and (before.ticket_id, before.relation) == (ticket_id, relation):
        return ticket
    if before is not None and before.relation == relation == Relation.RELATED:
        return ticket
    row = before or Link()
    row.ticket, row.to, row.relation = ticket, to, relation
    row.save()
    _record(ticket, to, "linked", at, actor, said=(relation, SEEN_FROM_THERE[relation]))
    return ticket


@transaction.atomic
def unlink(*, actor: Actor, ticket_id: int, to_id: int, at: datetime) -> Ticket:
    """Take a link back, from whichever of the two.

    Raises:
        NotFound, NotAllowed: the actor may not, on either of the two.
        NotPossible: the two are not linked.
    """
    ticket, to = _both(actor, ticket_id, to_id)
    row = _between(ticket, to)
    if row is None:
        raise NotPossible(
            _("Tickets %(ticket)s and %(to)s are not linked.") % {"ticket": ticket, "to": to}
        )
    row.delete()
    _record(ticket, to, "unlinked", at, actor)
    return ticket


def _both(actor: Actor, ticket_id: int, to_id: int) -> tuple[LockedTicket, LockedTicket]:
    return take_both(ticket_id, to_id, actor, may_progress, to=_("link this ticket"))


def _between(ticket: Ticket, to: Ticket) -> Link | None:
    return Link.objects.filter(Q(ticket=ticket, to=to) | Q(ticket=to, to=ticket)).first()


def _record(
    ticket: LockedTicket,
    to: LockedTicket,
    kind: str,
    at: datetime,
    actor: Actor,
    *,
    said: tuple[str, str] | None = None,
) -> None:
    """Record it on both, each in its own words."""
    here, there = ({"as": words} for words in said) if said else ({}, {})
    entries = [
        (ticket, [Happening(kind=kind, at=at, facts={"ticket": to.pk, **here})]),
        (to, [Happening(kind=kind, at=at, facts={"ticket": ticket.pk, **there})]),
    ]
    record_many(entries, actor=actor, at=at)
