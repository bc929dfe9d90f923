"""How actions take hold of a saved view, and what its name must be."""

from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.require import require
from duly.desk.access.views import may_change_view, may_see_view
from duly.desk.errors import NotFound
from duly.desk.tickets.saved_view import SavedView


def take_view(view_id: int, actor: Actor) -> SavedView:
    """Lock a view that the actor may change.

    Raises:
        NotFound: there is none, or the actor does not see it.
        NotAllowed: it is somebody else's.
    """
    view = SavedView.objects.select_for_update().filter(pk=view_id).first()
    if view is None:
        raise NotFound
    require(may_change_view(actor, view), sees=may_see_view(actor, view), to=_("change this view"))
    return view
