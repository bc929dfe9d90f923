"""Who may see and change people, organisations, teams and roles."""

from django.db.models import Q, QuerySet

from duly.desk.access.actor import Actor
from duly.desk.people.organisation import Membership, Organisation
from duly.desk.people.person import Person
from duly.desk.people.role import Grant, Right


def people_visible_to(actor: Actor) -> QuerySet[Person]:
    """Agents see everybody; contacts see themselves and, with the right, their colleagues."""
    if actor.is_agent:
        return Person.objects.all()
    managed = [o for o in actor.organisations if may_manage_organisation(actor, o)]
    shown = Q(pk=actor.person_id) | Q(memberships__organisation__in=managed)
    return Person.objects.filter(shown).distinct()


def organisations_visible_to(actor: Actor) -> QuerySet[Organisation]:
    """Agents see every organisation, contacts their own."""
    if actor.is_agent:
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=list(actor.organisations))


def may_manage_people(actor: Actor) -> bool:
    """Invite and deactivate anybody, make organisations and teams."""
    return actor.has(Right.MANAGE_PEOPLE)


def may_manage_roles(actor: Actor) -> bool:
    """Give and take rights on the desk's side."""
    return actor.has(Right.MANAGE_ROLES)


def may_manage_organisation(actor: Actor, organisation_id: int) -> bool:
    """Change an organisation's contacts and calendar: the desk, or its own manager."""
    rights = actor.organisations.get(organisation_id, frozenset())
    return may_manage_people(actor) or Right.MANAGE_ORGANISATION in rights


def must_have_second_factor(person_id: int) -> bool:
    """Whether a role that somebody holds, on either side, asks for a second factor. One statement."""
    places = Membership.objects.filter(person=person_id, role__asks_second_factor=True)
    grants = Grant.objects.filter(person=person_id, role__asks_second_factor=True)
    return grants.values("pk").union(places.values("pk"), all=True).exists()


def manages_any(actor: Actor) -> bool:
    """Whether the actor manages an organisation for the customer."""
    return any(Right.MANAGE_ORGANISATION in rights for rights in actor.organisations.values())


def may_set_hours(actor: Actor, person_id: int) -> bool:
    """Say when an agent works and is away: they themselves, or whoever manages people."""
    return may_manage_people(actor) or (actor.is_agent and actor.person_id == person_id)


def may_unmark_address(actor: Actor) -> bool:
    """Say that mail to somebody arrives again: agents who write to customers."""
    return actor.is_agent and actor.has(Right.REPLY)


def may_remark(actor: Actor) -> bool:
    """Read and leave remarks about customers: agents who leave notes."""
    return actor.is_agent and actor.has(Right.NOTE)


def may_remove_remark(actor: Actor, author_id: int) -> bool:
    """Remove a remark: its author, and whoever manages people."""
    return may_remark(actor) and (actor.person_id == author_id or may_manage_people(actor))
