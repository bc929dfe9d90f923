"""Who may see, change and share saved views. What a view shows is still what its reader may see."""

from django.db.models import Q, QuerySet

from duly.desk.access.actor import Actor
from duly.desk.people.role import Right
from duly.desk.tickets.saved_view import SavedView, SharedWith


def views_visible_to(actor: Actor) -> QuerySet[SavedView]:
    """One's own, those of one's teams, and those for everybody."""
    if not actor.is_agent:
        return SavedView.objects.none()
    shared = Q(shared_with=SharedWith.EVERYBODY.value) | Q(team__in=actor.teams)
    return SavedView.objects.filter(shared | Q(owner=actor.person_id), removed_at=None)


def may_save_views(actor: Actor) -> bool:
    """Everybody who has a queue."""
    return actor.is_agent and actor.person_id is not None


def may_see_view(actor: Actor, view: SavedView) -> bool:
    """Whether `views_visible_to` holds this view."""
    shared = view.shared_with == SharedWith.EVERYBODY or view.team_id in actor.teams
    return view.removed_at is None and actor.is_agent and (shared or may_change_view(actor, view))


def may_change_view(actor: Actor, view: SavedView) -> bool:
    """Change, share and remove it: its owner alone, so that nobody's view turns into another."""
    return may_save_views(actor) and view.owner_id == actor.person_id


def may_share(actor: Actor, shared_with: SharedWith, team_id: int | None) -> bool:
    """With a team that one works in; with everybody, whoever manages people."""
    if shared_with is SharedWith.TEAM:
        return team_id in actor.teams
    return shared_with is SharedWith.NOBODY or actor.has(Right.MANAGE_PEOPLE)
