"""Share a view with a team or with everybody, or keep it to oneself again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.require import require
from duly.desk.access.views import may_share
from duly.desk.actions._audit import audit
from duly.desk.actions.views._view import take_view
from duly.desk.errors import Invalid
from duly.desk.tickets.saved_view import SavedView, SharedWith


@transaction.atomic
def share_view(
    *,
    actor: Actor,
    view_id: int,
    shared_with: SharedWith,
    team_id: int | None = None,
    at: datetime,
) -> SavedView:
    """Say who finds the view on their side; a team is named exactly when it is shared with one.

    Raises:
        NotFound, NotAllowed: the actor may not, or not with them.
        Invalid: a team is missing, or was named for nothing.
    """
    view = take_view(view_id, actor)
    if (shared_with is SharedWith.TEAM) != (team_id is not None):
        raise Invalid(_("Choose the team that the view is shared with."), field="shared_with")
    require(may_share(actor, shared_with, team_id), sees=True, to=_("share a view with them"))
    if (view.shared_with, view.team_id) != (shared_with.value, team_id):
        view.shared_with, view.team_id = shared_with.value, team_id
        view.save(update_fields=["shared_with", "team"])
        audit(
            "view_shared",
            actor=actor,
            at=at,
            subject=view,
            shared_with=shared_with.value,
            team=team_id,
        )
    return view
