"""Saved views as the side and their own page list them."""

from collections.abc import Iterable
from dataclasses import dataclass

from duly.desk.access.actor import Actor
from duly.desk.access.views import may_change_view, may_share, views_visible_to
from duly.desk.errors import NotFound
from duly.desk.queries.choices import Option
from duly.desk.tickets.saved_view import SavedView, SharedWith
from duly.desk.tickets.selection import Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A saved view; `audience` is whom it is shared with, as `audiences` offers them."""

    id: int
    name: str
    selection: Selection
    audience: str
    team: str
    owner: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Audience:
    """Somebody a view can be shared with: `nobody`, `everybody`, or a team by its id."""

    key: str
    team: str


def saved_views(actor: Actor) -> tuple[View, ...]:
    """One's own in one's order, then what others share by name. One statement."""
    rows = views_visible_to(actor).select_related("owner", "team").order_by("position", "pk")
    views = [_view(actor, row) for row in rows]
    return (
        *(view for view in views if view.is_own),
        *sorted((view for view in views if not view.is_own), key=lambda view: view.name.lower()),
    )


def saved_view(actor: Actor, view_id: int) -> View:
    """One of them.

    Raises:
        NotFound: there is none, or the actor does not see it.
    """
    row = views_visible_to(actor).select_related("owner", "team").filter(pk=view_id).first()
    if row is None:
        raise NotFound
    return _view(actor, row)


def audiences(actor: Actor, teams: Iterable[Option]) -> tuple[Audience, ...]:
    """Whom the actor may share a view with, given the teams that they see."""
    everybody = may_share(actor, SharedWith.EVERYBODY, None)
    return (
        Audience(SharedWith.NOBODY.value, ""),
        *(
            Audience(key, name)
            for key, name in teams
            if may_share(actor, SharedWith.TEAM, int(key))
        ),
        *([Audience(SharedWith.EVERYBODY.value, "")] if everybody else []),
    )


def _view(actor: Actor, row: SavedView) -> View:
    return View(
        id=row.pk,
        name=row.name,
        selection=row.selection,
        audience=str(row.team_id) if row.team_id else row.shared_with,
        team=row.team.name if row.team else "",
        owner=str(row.owner),
        is_own=may_change_view(actor, row),
    )
