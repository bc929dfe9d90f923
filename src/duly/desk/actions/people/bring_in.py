"""Make somebody known to the desk who called and whom nobody knows yet."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.require import require
from duly.desk.access.tickets import may_open_for_customers
from duly.desk.actions._audit import audit
from duly.desk.actions.people._person import new_person
from duly.desk.errors import Invalid
from duly.desk.people.organisation import Membership, Organisation
from duly.desk.people.person import Person, address
from duly.desk.people.role import Role
from duly.desk.people.standard_roles import LONE_CONTACT
from duly.desk.setup.desk import the_settings


@transaction.atomic
def bring_in(
    *, actor: Actor, email: str, name: str, at: datetime, organisation_id: int | None = None
) -> Person:
    """Give the person with that address, made if nobody has it, with a place in the organisation if one is named.

    There they see their own tickets alone, until whoever keeps up its people says more. What is so already stays: the
    same again changes nothing.

    Raises:
        NotFound: the actor may not, or there is no such organisation.
        Invalid: the address is none, or is that of somebody who is let in no longer.
    """
    require(may_open_for_customers(actor))
    organisation = None
    if organisation_id is not None:
        organisation = Organisation.objects.filter(pk=organisation_id, is_active=True).first()
        require(organisation is not None)
    known = _known_as(email)
    if known is not None and not known.is_active:
        raise Invalid(_("%(email)s is let in no longer.") % {"email": known.email}, field="email")
    person = known or _new(email, name, organisation, at)
    is_placed = organisation is not None and _place(person, organisation)
    if known is None or is_placed:
        audit("brought_in", actor=actor, at=at, subject=person, organisation=organisation_id)
    return person


def _new(email: str, name: str, organisation: Organisation | None, at: datetime) -> Person:
    desk = the_settings()
    zone = organisation.zone if organisation else desk.zone
    try:
        return new_person(email=email, name=name, zone=zone, language=desk.language, at=at)
    except Invalid:
        # The same form arrived twice at once: the other one was first.
        if (meanwhile := _known_as(email)) is not None:
            return meanwhile
        raise


def _known_as(email: str) -> Person | None:
    return Person.objects.filter(email=address(email)).first()


def _place(person: Person, organisation: Organisation) -> bool:
    """Give them a place, unless they have one."""
    role = Role.objects.filter(key=LONE_CONTACT).first()
    if role is None:
        raise Invalid(_("There is no role %(role)s.") % {"role": LONE_CONTACT}, field="role")
    _there, is_new = Membership.objects.get_or_create(
        person=person, organisation=organisation, defaults={"role": role}
    )
    return is_new
