"""The people of an organisation, those on its support list first, and the roles that they may have."""

from dataclasses import dataclass

from django.db.models import F

from duly.desk.people.organisation import Membership
from duly.desk.people.role import Right, Role
from duly.desk.people.standard_roles import role_in_words

CUSTOMERS = (Right.OPEN_TICKETS, Right.SEE_ORGANISATION_TICKETS, Right.MANAGE_ORGANISATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody who belongs to the organisation; `position` is their place on the support list."""

    id: int
    name: str
    email: str
    role: str
    position: int | None
    is_technical: bool
    is_active: bool


def contacts_of(organisation_id: int) -> tuple[Contact, ...]:
    """Everybody, in the order of the support list, then by name. One statement."""
    rows = Membership.objects.filter(organisation=organisation_id).select_related("person", "role")
    listed = F("support_position").asc(nulls_last=True)
    return tuple(
        Contact(
            id=row.person_id,
            name=str(row.person),
            email=row.person.email,
            role=role_in_words(row.role.name),
            position=row.support_position,
            is_technical=row.is_technical_contact,
            is_active=row.person.is_active,
        )
        for row in rows.order_by(listed, "person__name", "pk")
    )


def roles_for_contacts() -> tuple[tuple[str, str], ...]:
    """The roles that a customer may give, those with the fewest rights first."""
    rows = Role.objects.filter(rights__contained_by=CUSTOMERS).exclude(rights=[])
    return tuple(
        (row.key, role_in_words(row.name)) for row in sorted(rows, key=lambda row: len(row.rights))
    )
