"""When a reply can be sent, and what may follow from it."""

from typing import Literal, TypeAlias

from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_progress
from duly.desk.actions._record import LockedTicket
from duly.desk.actions.tickets._fields import must_be_filled
from duly.desk.actions.tickets._take import must_be_unfinished, must_have_seen, must_not_be_over
from duly.desk.errors import NotAllowed

Then: TypeAlias = Literal["wait", "resolve"]
"""What an agent's reply leads to: waiting for the customer, or the end."""


def must_be_sendable(
    ticket: LockedTicket, actor: Actor, *, then: Then | None, seen: int | None
) -> None:
    """Refuse a reply that cannot be sent as things stand.

    Raises:
        NotAllowed, NotPossible: what is to follow from it may not, or cannot, be done.
        Overtaken: somebody else did something since `seen`.
    """
    must_not_be_over(ticket)
    must_have_seen(ticket, seen, actor)
    if then is not None:
        _must_be_free_to(actor, ticket)
    if then == "resolve":
        must_be_filled(ticket)


def _must_be_free_to(actor: Actor, ticket: LockedTicket) -> None:
    if not may_progress(actor, ticket):
        raise NotAllowed(
            _(
                "You may not let the ticket wait, nor resolve it. Nothing was sent; your text is kept."
            )
        )
    must_be_unfinished(ticket)
