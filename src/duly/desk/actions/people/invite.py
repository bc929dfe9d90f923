"""Bring people in: agents with a role, contacts with a place in an organisation."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.people import may_manage_organisation, may_manage_people, may_manage_roles
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.actions._taken import unless_taken
from duly.desk.actions.people._person import new_person
from duly.desk.errors import Invalid
from duly.desk.people.organisation import Membership, Organisation
from duly.desk.people.person import Person, address
from duly.desk.people.role import CUSTOMER_RIGHTS, Grant, Role
from duly.desk.people.standard_roles import AGENT, CONTACT
from duly.desk.people.team import Team, TeamMember


@transaction.atomic
def invite_agent(
    *,
    actor: Actor,
    email: str,
    name: str,
    at: datetime,
    role: str = AGENT,
    team_ids: tuple[int, ...] = (),
    zone: str = "UTC",
    language: str = "en",
) -> Person:
    """Add somebody to the desk's side. They sign in after setting a password by mail.

    Raises:
        NotFound: the actor may not.
        Invalid: the address, role, team or zone cannot be used.
    """
    require(may_manage_people(actor))
    given = _role(role)
    if set(given.rights) & CUSTOMER_RIGHTS:
        raise Invalid(_("That role is for customers."), field="role")
    if not set(given.rights) <= {right.value for right in actor.rights}:
        require(may_manage_roles(actor), sees=True, to=_("give rights that you do not hold"))
    person = new_person(email=email, name=name, zone=zone, language=language, at=at)
    Grant.objects.create(person=person, role=given)
    for team_id in team_ids:
        if not Team.objects.filter(pk=team_id).exists():
            raise Invalid(_("There is no such team."), field="team")
        TeamMember.objects.create(team_id=team_id, person=person)
    audit(
        "agent_invited", actor=actor, at=at, subject=person, role=role, teams=[*map(str, team_ids)]
    )
    return person


@transaction.atomic
def invite_contact(
    *,
    actor: Actor,
    organisation_id: int,
    email: str,
    name: str,
    at: datetime,
    role: str = CONTACT,
    is_technical_contact: bool = False,
    zone: str | None = None,
    language: str = "en",
) -> Person:
    """Give somebody a place in an organisation, whether the desk knows them already or not.

    Raises:
        NotFound: the actor may not, or there is no such organisation.
        Invalid: the address, role or zone cannot be used, or they have a place there already.
    """
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    allowed = organisation is not None and may_manage_organisation(actor, organisation_id)
    require(allowed)
    assert organisation is not None
    given = _role(role)
    if not set(given.rights) <= CUSTOMER_RIGHTS:
        raise Invalid(_("That role is for the desk's own people."), field="role")
    known = Person.objects.filter(email=address(email)).first()
    person = known or new_person(
        email=email, name=name, zone=zone or organisation.zone, language=language, at=at
    )
    who = {"email": person.email, "organisation": organisation}
    with unless_taken(_("%(email)s belongs to %(organisation)s already.") % who, field="email"):
        Membership.objects.create(
            person=person,
            organisation=organisation,
            role=given,
            is_technical_contact=is_technical_contact,
        )
    audit(
        "contact_invited",
        actor=actor,
        at=at,
        subject=person,
        organisation=organisation_id,
        role=role,
    )
    return person


def _role(key: str) -> Role:
    role = Role.objects.filter(key=key).first()
    if role is None:
        raise Invalid(_("There is no role %(role)s.") % {"role": key}, field="role")
    return role
