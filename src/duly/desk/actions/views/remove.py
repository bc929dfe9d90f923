"""Remove a view, and bring it back for a while."""

from datetime import datetime, timedelta

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.actions.views._view import take_view
from duly.desk.tickets.saved_view import SavedView, SharedWith

KEPT = timedelta(days=1)
"""How long a removed view can be brought back."""


@transaction.atomic
def remove_view(*, actor: Actor, view_id: int, at: datetime) -> SavedView:
    """Take a view off everybody's side; those removed for longer than a day are forgotten.

    Raises:
        NotFound, NotAllowed: the actor may not.
    """
    view = take_view(view_id, actor)
    SavedView.objects.filter(owner=view.owner_id, removed_at__lt=at - KEPT).delete()
    view.removed_at = at
    view.save(update_fields=["removed_at"])
    if view.shared_with != SharedWith.NOBODY:
        audit("view_removed", actor=actor, at=at, subject=view)
    return view


@transaction.atomic
def restore_view(*, actor: Actor, view_id: int, at: datetime) -> SavedView:
    """Bring a removed view back, shared as it was.

    Raises:
        NotFound, NotAllowed: the actor may not, or it is forgotten.
    """
    view = take_view(view_id, actor)
    view.removed_at = None
    view.save(update_fields=["removed_at"])
    if view.shared_with != SharedWith.NOBODY:
        audit("view_restored", actor=actor, at=at, subject=view)
    return view
