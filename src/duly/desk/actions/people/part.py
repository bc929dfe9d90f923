"""Part a person from an organisation: they see its tickets no longer, and what they wrote stays."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.actions.people._organisation import take
from duly.desk.errors import Invalid, NotPossible


@transaction.atomic
def part(*, actor: Actor, organisation_id: int, person_id: int, at: datetime) -> None:
    """End somebody's place in an organisation; those below them on the support list move up.

    Raises:
        NotFound: the actor may not, or there is no such organisation.
        NotPossible: it is the actor's own place: somebody has to be left who manages it.
        Invalid: the person does not belong to it.
    """
    row = take(organisation_id, actor)
    place = row.memberships.filter(person=person_id).first()
    if place is None:
        raise Invalid(_("That person does not belong to the organisation."), field="person")
    if person_id == actor.person_id:
        raise NotPossible(
            _("Nobody ends their own place. Ask somebody else who manages the organisation.")
        )
    place.delete()
    if place.support_position is not None:
        below = row.memberships.filter(support_position__gt=place.support_position)
        for each in below.order_by("support_position"):
            each.support_position = (each.support_position or 1) - 1
            each.save(update_fields=["support_position"])
    audit("contact_parted", actor=actor, at=at, subject=row, person=person_id)
