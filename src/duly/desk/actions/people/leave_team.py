"""Take an agent out of a team; what they were given stays theirs."""

from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.access.people import may_manage_people
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.people.team import TeamMember


@transaction.atomic
def leave_team(*, actor: Actor, team_id: int, person_id: int, at: datetime) -> None:
    """End somebody's place in a team.

    Raises:
        NotFound: the actor may not, or they are not in that team.
    """
    places = TeamMember.objects.select_related("team").select_for_update(of=("self",))
    place = places.filter(team=team_id, person=person_id).first()
    require(may_manage_people(actor) and place is not None)
    assert place is not None
    place.delete()
    audit("left_team", actor=actor, at=at, subject=place.team, person=person_id)
