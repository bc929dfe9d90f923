"""Put an organisation's contacts in the order in which they are called: its support list."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.actions.people._organisation import take
from duly.desk.agreements.contacts import most_contacts
from duly.desk.errors import Invalid
from duly.desk.people.organisation import Membership, Organisation


@transaction.atomic
def arrange_support_list(
    *, actor: Actor, organisation_id: int, person_ids: Sequence[int], at: datetime
) -> Organisation:
    """Let these contacts be the support list, the first to be called first; whoever is not named is not on it.

    Raises:
        NotFound: the actor may not, or there is no such organisation.
        Invalid: somebody is named twice or is no active contact here, or the plan has room for fewer.
    """
    row = take(organisation_id, actor)
    places = {each.person_id: each for each in row.memberships.filter(person__is_active=True)}
    if len(set(person_ids)) < len(person_ids):
        raise Invalid(_("Somebody is on the list twice."), field="people")
    if not places.keys() >= set(person_ids):
        raise Invalid(_("Only people of the organisation can be on its list."), field="people")
    most = most_contacts(row, at)
    if most is not None and len(person_ids) > most:
        raise Invalid(
            _("The plan has room for %(most)s contacts. Take somebody off the list first.")
            % {"most": most},
            field="people",
        )
    row.memberships.update(support_position=None)
    listed = [places[person_id] for person_id in person_ids]
    for position, place in enumerate(listed, start=1):
        place.support_position = position
    Membership.objects.bulk_update(listed, ["support_position"])
    audit("support_list_set", actor=actor, at=at, subject=row, people=[*map(str, person_ids)])
    return row
