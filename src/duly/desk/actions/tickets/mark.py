"""Mark a milestone: verified, reproduced, a workaround, the root cause, or one that the policy names."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.events import Marked
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_progress
from duly.desk.actions._record import record
from duly.desk.actions.tickets._take import must_not_be_merged, take
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.errors import Invalid
from duly.desk.tickets.happening import happening
from duly.desk.tickets.kinds import MILESTONES
from duly.desk.tickets.ticket import Ticket


@transaction.atomic
def mark(*, actor: Actor, ticket_id: int, mark: str, at: datetime) -> Ticket:
    """Record a milestone, on a resolved or closed ticket too: root causes come late, and are owed until they do.

    Raises:
        NotFound, NotAllowed: the actor may not.
        NotPossible: the ticket went on in another.
        Invalid: nobody knows that milestone.
    """
    ticket = take(ticket_id, actor, may_progress, to=_("mark milestones of this ticket"))
    must_not_be_merged(ticket)
    terms = terms_of_binding(ticket.binding_id)
    known = MILESTONES | (terms.marks if terms else frozenset())
    if mark not in known:
        raise Invalid(
            _("There is no milestone “%(mark)s”; choose %(known)s.")
            % {"mark": mark, "known": ", ".join(sorted(known))},
            field="mark",
        )
    marked = Marked(at=instant.from_datetime(at), mark=mark)
    record(ticket, happening(marked), actor=actor, at=at)
    return ticket
