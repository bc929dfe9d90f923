"""Say in which time zone an organisation lives."""

from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.actions.people._organisation import take
from duly.desk.actions.people._person import known_zone
from duly.desk.people.organisation import Organisation


@transaction.atomic
def set_zone(*, actor: Actor, organisation_id: int, zone: str, at: datetime) -> Organisation:
    """Set the zone whose dates begin and end its subscriptions; its calendar has a zone of its own.

    Raises:
        NotFound: the actor may not, or there is no such organisation.
        Invalid: there is no such zone.
    """
    row = take(organisation_id, actor)
    row.zone = known_zone(zone)
    row.save(update_fields=["zone"])
    audit("zone_set", actor=actor, at=at, subject=row, zone=row.zone)
    return row
