"""Who may use macros and change them."""

from django.db.models import Q, QuerySet

from duly.desk.access.actor import Actor
from duly.desk.people.role import Right
from duly.desk.tickets.macro import Macro


def macros_visible_to(actor: Actor) -> QuerySet[Macro]:
    """An agent's own, those of their teams and everybody's; removed ones too, for whoever puts them back."""
    if not _writes(actor):
        return Macro.objects.none()
    shared = Q(owner=None, team=None) | Q(team__in=actor.teams)
    return Macro.objects.filter(shared | Q(owner=actor.person_id))


def may_keep_macro(actor: Actor, *, owner_id: int | None, team_id: int | None) -> bool:
    """Make, change and remove one: one's own, one's team's, and with the right to set up or to lead, everybody's."""
    if not _writes(actor):
        return False
    if owner_id is not None:
        return owner_id == actor.person_id
    return team_id in actor.teams if team_id is not None else may_share_with_everybody(actor)


def may_share_with_everybody(actor: Actor) -> bool:
    """Put words into everybody's mouth: whoever sets the desk up or manages its people."""
    return actor.has(Right.MANAGE_SETUP) or actor.has(Right.MANAGE_PEOPLE)


def _writes(actor: Actor) -> bool:
    return actor.is_agent and (actor.has(Right.REPLY) or actor.has(Right.NOTE))
