"""Rename a team, and say whether its tickets are its members' alone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.people import may_manage_people
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.errors import Invalid
from duly.desk.people.team import Team


@transaction.atomic
def change_team(*, actor: Actor, team_id: int, name: str, is_private: bool, at: datetime) -> Team:
    """Change a team.

    Raises:
        NotFound: the actor may not, or there is no such team.
        Invalid: the name is empty or taken.
    """
    row = Team.objects.select_for_update().filter(pk=team_id).first()
    require(may_manage_people(actor) and row is not None)
    assert row is not None
    name = " ".join(name.replace("\0", "").split())
    if not name:
        raise Invalid(_("Give it a name."), field="name")
    if Team.objects.filter(name=name).exclude(pk=team_id).exists():
        raise Invalid(_("The name %(name)s is taken.") % {"name": name}, field="name")
    row.name, row.is_private = name, is_private
    row.save(update_fields=["name", "is_private"])
    audit("team_changed", actor=actor, at=at, subject=row, is_private=is_private)
    return row
