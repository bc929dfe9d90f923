"""Who may put up screens, and what a screen may show."""

from django.db.models import Q, QuerySet

from duly.desk.access.actor import Actor
from duly.desk.people.role import Right
from duly.desk.people.team import Team
from duly.desk.tickets.screen import Screen
from duly.desk.tickets.tally import Tally
from duly.desk.tickets.ticket import Ticket


def may_manage_screens(actor: Actor) -> bool:
    """Whoever manages the setup: a screen shows the desk to all who walk by."""
    return actor.has(Right.MANAGE_SETUP)


def tickets_on(screen: Screen) -> QuerySet[Ticket]:
    """Those of its team, or of all teams that are not private; of a private one never."""
    return Ticket.objects.filter(_shown(screen))


def tallies_on(screen: Screen) -> QuerySet[Tally]:
    """The counts of the same tickets."""
    return Tally.objects.filter(_shown(screen))


def _shown(screen: Screen) -> Q:
    private = Q(team__in=Team.objects.filter(is_private=True))
    return ~private if screen.team_id is None else ~private & Q(team=screen.team_id)
