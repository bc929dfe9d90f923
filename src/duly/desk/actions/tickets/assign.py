"""Give a ticket to a team, to an agent, or to nobody."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_assign
from duly.desk.actions._record import record
from duly.desk.actions.tickets._take import must_be_team, must_not_be_over, must_work_on, take
from duly.desk.tickets.happening import Happening
from duly.desk.tickets.ticket import Ticket


@transaction.atomic
def assign(
    *, actor: Actor, ticket_id: int, team_id: int | None, assignee_id: int | None, at: datetime
) -> Ticket:
    """Set both the team and the agent who answer for a ticket; the same again records nothing.

    Raises:
        NotFound, NotAllowed: the actor may not.
        NotPossible: the ticket is closed.
        Invalid: there is no such team or agent, or the agent would not see the ticket.
    """
    ticket = take(ticket_id, actor, may_assign, to=_("assign this ticket"))
    must_not_be_over(ticket)
    if (ticket.team_id, ticket.assignee_id) == (team_id, assignee_id):
        return ticket
    must_be_team(team_id)
    if assignee_id is not None:
        must_work_on(ticket, actor, team_id, assignee_id)
    facts = {"team": team_id, "assignee": assignee_id}
    record(ticket, Happening(kind="assigned", at=at, facts=facts), actor=actor, at=at)
    return ticket
