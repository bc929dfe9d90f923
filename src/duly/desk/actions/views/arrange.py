"""Put one's own views in another order."""

from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.access.require import require
from duly.desk.actions.views._view import take_view
from duly.desk.tickets.saved_view import SavedView


@transaction.atomic
def move_view(*, actor: Actor, view_id: int, step: int, at: datetime) -> None:  # noqa: ARG001 - as all actions
    """Move a view by so many places among its owner's, -1 being one up; at an end it stays.

    Raises:
        NotFound, NotAllowed: the actor may not.
    """
    moved = take_view(view_id, actor)
    require(moved.removed_at is None)
    views = list(
        SavedView.objects.select_for_update().filter(owner=moved.owner_id, removed_at=None)
    )
    place = [view.pk for view in views].index(moved.pk)
    views.insert(min(max(place + step, 0), len(views) - 1), views.pop(place))
    for position, view in enumerate(views):
        view.position = position
    SavedView.objects.bulk_update(views, ["position"])
