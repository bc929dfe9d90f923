"""A person as agents see them: where they belong, what they do here, their tickets, what agents should know."""

from dataclasses import dataclass
from datetime import datetime

from duly.desk.access.actor import Actor
from duly.desk.access.people import (
    may_manage_people,
    may_remark,
    may_unmark_address,
    people_visible_to,
)
from duly.desk.access.tickets import visible_to
from duly.desk.errors import NotFound
from duly.desk.people.organisation import Membership, Organisation
from duly.desk.people.person import Person
from duly.desk.people.role import Grant
from duly.desk.people.standard_roles import role_in_words
from duly.desk.people.team import TeamMember
from duly.desk.queries.contacts import roles_for_contacts
from duly.desk.queries.queue import Line, lines_of, with_people
from duly.desk.queries.remarks import RemarkLine, remarks
from duly.desk.queries.unreached import Unreached, unreached

SIZE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in an organisation; `position` is on its support list."""

    organisation_id: int
    organisation: str
    role: str
    position: int | None
    is_technical: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An organisation that somebody without any seems to belong to, and the roles that they may be given there."""

    organisation_id: int
    organisation: str
    domain: str
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """The screen. `roles` and `teams` are on the desk's side; `more` says that there are older tickets.

    `suggestion` is for whoever may act on it.
    """

    id: int
    name: str
    email: str
    unreached: Unreached | None
    zone: str
    language: str
    is_active: bool
    places: tuple[Place, ...]
    suggestion: Suggestion | None
    roles: tuple[str, ...]
    teams: tuple[str, ...]
    remarks: tuple[RemarkLine, ...]
    lines: tuple[Line, ...]
    more: bool
    may_manage: bool
    may_unmark: bool
    may_remark: bool


def person_page(actor: Actor, person_id: int, at: datetime) -> PersonPage:
    """Read the screen.

    Raises:
        NotFound: there is no such person, or the actor does not see them.
    """
    row = people_visible_to(actor).filter(pk=person_id).first()
    if row is None:
        raise NotFound
    tickets = visible_to(actor).filter(requester=person_id)
    latest = list(with_people(tickets).order_by("-opened_at", "-pk")[: SIZE + 1])
    grants = Grant.objects.filter(person=row).order_by("role__name")
    teams = TeamMember.objects.filter(person=row).order_by("team__name")
    places, roles = (
        _places(person_id),
        tuple(map(role_in_words, grants.values_list("role__name", flat=True))),
    )
    is_stranger = row.is_active and not places and not roles
    return PersonPage(
        id=row.pk,
        name=str(row),
        email=row.email,
        unreached=unreached(row),
        zone=row.zone,
        language=row.language,
        is_active=row.is_active,
        places=places,
        suggestion=_suggestion(row) if is_stranger and may_manage_people(actor) else None,
        roles=roles,
        teams=tuple(teams.values_list("team__name", flat=True)),
        remarks=remarks(actor, person_id=person_id),
        lines=lines_of(latest[:SIZE], at),
        more=len(latest) > SIZE,
        may_manage=may_manage_people(actor),
        may_unmark=may_unmark_address(actor),
        may_remark=may_remark(actor),
    )


def _suggestion(row: Person) -> Suggestion | None:
    """Whose domain they write from. A domain proves nothing, so this is for an agent to decide."""
    domain = row.email.rpartition("@")[2]
    owner = Organisation.objects.filter(domains__contains=[domain], is_active=True).first()
    if owner is None:
        return None
    return Suggestion(
        organisation_id=owner.pk,
        organisation=owner.name,
        domain=domain,
        roles=roles_for_contacts(),
    )


def _places(person_id: int) -> tuple[Place, ...]:
    rows = Membership.objects.filter(person=person_id).select_related("organisation", "role")
    return tuple(
        Place(
            organisation_id=row.organisation_id,
            organisation=row.organisation.name,
            role=role_in_words(row.role.name),
            position=row.support_position,
            is_technical=row.is_technical_contact,
        )
        for row in rows.order_by("organisation__name")
    )
