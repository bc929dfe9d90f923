"""The tickets that a ticket is linked to, as far as the reader sees them."""

from dataclasses import dataclass

from django.db.models import Q

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import visible_to
from duly.desk.tickets.link import SEEN_FROM_THERE, Link


@dataclass(frozen=True, slots=True)
class Linked:
    """Another ticket and how this one belongs to it: `relation` is ``caused_by`` here and ``causes`` there."""

    relation: str
    number: int
    subject: str
    status: str


def links_of(actor: Actor, ticket_id: int) -> tuple[Linked, ...]:
    """Read the links of a ticket that the actor sees, without those to tickets they do not see. One statement."""
    seen = visible_to(actor)
    rows = Link.objects.filter(Q(ticket=ticket_id, to__in=seen) | Q(to=ticket_id, ticket__in=seen))
    return tuple(
        _linked(row, ticket_id) for row in rows.select_related("ticket", "to").order_by("pk")
    )


def _linked(row: Link, ticket_id: int) -> Linked:
    here = row.ticket_id == ticket_id
    other = row.to if here else row.ticket
    relation = row.relation if here else SEEN_FROM_THERE[row.relation]
    return Linked(relation, other.number, other.subject, other.status)
