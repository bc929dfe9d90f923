"""Follow a ticket, and stop following it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_see_internal
from duly.desk.actions._record import record
from duly.desk.actions.tickets._take import take
from duly.desk.tickets.happening import Happening
from duly.desk.tickets.tag import Follower
from duly.desk.tickets.ticket import Ticket


@transaction.atomic
def follow(*, actor: Actor, ticket_id: int, at: datetime) -> Ticket:
    """Let the actor hear of what the customer writes and what is missed; twice is once.

    Raises:
        NotFound, NotAllowed: the actor may not.
    """
    ticket = take(ticket_id, actor, may_see_internal, to=_("follow this ticket"))
    is_new = Follower.objects.get_or_create(ticket=ticket, person_id=actor.speaker_id)[1]
    if is_new:
        record(ticket, Happening(kind="followed", at=at), actor=actor, at=at)
    return ticket


@transaction.atomic
def unfollow(*, actor: Actor, ticket_id: int, at: datetime) -> Ticket:
    """Let the actor hear of it no longer.

    Raises:
        NotFound, NotAllowed: the actor may not.
    """
    ticket = take(ticket_id, actor, may_see_internal, to=_("follow this ticket"))
    if Follower.objects.filter(ticket=ticket, person_id=actor.speaker_id).delete()[0]:
        record(ticket, Happening(kind="unfollowed", at=at), actor=actor, at=at)
    return ticket
