"""Save a selection of the queue as a view, change what it shows, rename it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from duly.desk.access.actor import Actor
from duly.desk.access.require import require
from duly.desk.access.views import may_save_views
from duly.desk.actions.views._view import take_view
from duly.desk.people.naming import sound_name
from duly.desk.tickets.saved_view import SavedView
from duly.desk.tickets.selection import Selection


@transaction.atomic
def save_view(*, actor: Actor, name: str, selection: Selection, at: datetime) -> SavedView:  # noqa: ARG001 - as all actions
    """Save it behind the actor's other views, for nobody else yet.

    Raises:
        NotFound: the actor has no queue.
        Invalid: the name is empty or too long.
    """
    require(may_save_views(actor))
    name = sound_name(name, SavedView)
    last = SavedView.objects.filter(owner=actor.person_id).aggregate(last=Max("position"))["last"]
    return SavedView.objects.create(
        owner_id=actor.speaker_id,
        name=name,
        selected=selection.written(),
        position=0 if last is None else last + 1,
    )


@transaction.atomic
def change_view(
    *,
    actor: Actor,
    view_id: int,
    name: str | None = None,
    selection: Selection | None = None,
    at: datetime,  # noqa: ARG001 - as all actions
) -> SavedView:
    """Give a view another name or let it show something else; None keeps what it has.

    Raises:
        NotFound, NotAllowed: the actor may not.
        Invalid: the name is empty or too long.
    """
    view = take_view(view_id, actor)
    if name is not None:
        view.name = sound_name(name, SavedView)
    if selection is not None:
        view.selected = selection.written()
    view.save(update_fields=["name", "selected"])
    return view
