"""Rename a team, and say whether its tickets are its members' alone."""

from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.access.people import may_manage_people
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.actions._taken import unless_taken
from duly.desk.people.naming import sound_name, taken
from duly.desk.people.team import Team


@transaction.atomic
def change_team(*, actor: Actor, team_id: int, name: str, is_private: bool, at: datetime) -> Team:
    """Change a team.

    Raises:
        NotFound: the actor may not, or there is no such team.
        Invalid: the name is empty, too long or taken.
    """
    row = Team.objects.select_for_update().filter(pk=team_id).first()
    require(may_manage_people(actor) and row is not None)
    assert row is not None
    row.name, row.is_private = sound_name(name, Team), is_private
    with unless_taken(taken(row.name), field="name"):
        row.save(update_fields=["name", "is_private"])
    audit("team_changed", actor=actor, at=at, subject=row, is_private=is_private)
    return row
