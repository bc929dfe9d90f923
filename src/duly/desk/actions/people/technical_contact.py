"""Name the people of an organisation who gather data, test and apply fixes: its technical contacts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.actions.people._organisation import take
from duly.desk.errors import Invalid
from duly.desk.people.organisation import Membership


@transaction.atomic
def name_technical_contact(
    *, actor: Actor, organisation_id: int, person_id: int, is_one: bool, at: datetime
) -> Membership:
    """Make a contact a technical contact of their organisation, or no longer; the same again records nothing.

    Raises:
        NotFound: the actor may not, or there is no such organisation.
        Invalid: the person does not belong to it.
    """
    row = take(organisation_id, actor)
    place = row.memberships.filter(person=person_id).first()
    if place is None:
        raise Invalid(_("That person does not belong to the organisation."), field="person")
    if place.is_technical_contact != is_one:
        place.is_technical_contact = is_one
        place.save(update_fields=["is_technical_contact"])
        audit(
            "technical_contact_set",
            actor=actor,
            at=at,
            subject=row,
            person=person_id,
            is_one=is_one,
        )
    return place
