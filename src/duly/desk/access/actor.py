"""The actor: who does something, with what rights, frozen for the length of one request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from duly.desk.errors import NotAllowed
from duly.desk.people.organisation import Membership
from duly.desk.people.person import Person
from duly.desk.people.role import Right, Role
from duly.desk.people.team import Team, TeamMember

Via: TypeAlias = Literal["web", "portal", "mail", "api", "timer", "import", "cli"]
"""The way in which somebody came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person with their rights. Without a person it is the desk itself: a timer, an import."""

    person_id: int | None
    via: Via
    rights: frozenset[Right] = frozenset()
    """Rights on the desk's side."""
    organisations: Mapping[int, frozenset[Right]] = field(default_factory=dict)
    """The organisations that the person belongs to, with the rights there."""
    teams: frozenset[int] = frozenset()
    barred_teams: frozenset[int] = frozenset()
    """Private teams whose tickets this actor does not see."""

    def has(self, right: Right) -> bool:
        """Whether the actor holds a right on the desk's side."""
        return right in self.rights

    @property
    def speaker_id(self) -> int:
        """The person whose words are written down.

        Raises:
            NotAllowed: it is the desk itself, which has no words.
        """
        if self.person_id is None:
            raise NotAllowed("Only a person writes messages and notes. Nothing was written.")
        return self.person_id

    @property
    def is_agent(self) -> bool:
        """Whether the actor stands on the desk's side of a ticket."""
        return Right.SEE_TICKETS in self.rights


def the_desk(via: Via) -> Actor:
    """Give the desk itself: it holds every right on its own side, and is nobody."""
    return Actor(person_id=None, via=via, rights=frozenset(Right))


def actor_for(person: Person, *, via: Via) -> Actor:
    """Read what a person may do now. Somebody deactivated is nobody."""
    if not person.is_active:
        return Actor(person_id=None, via=via)
    rights = _known(
        right
        for rights in Role.objects.filter(grants__person=person).values_list("rights", flat=True)
        for right in rights
    )
    teams = frozenset(TeamMember.objects.filter(person=person).values_list("team_id", flat=True))
    return Actor(
        person_id=person.pk,
        via=via,
        rights=rights,
        organisations=_organisations(person),
        teams=teams,
        barred_teams=_barred(rights, teams),
    )


def _organisations(person: Person) -> dict[int, frozenset[Right]]:
    places = Membership.objects.filter(person=person, organisation__is_active=True)
    return {
        organisation: _known(rights)
        for organisation, rights in places.values_list("organisation_id", "role__rights")
    }


def _barred(rights: frozenset[Right], teams: frozenset[int]) -> frozenset[int]:
    if Right.SEE_PRIVATE_TICKETS in rights:
        return frozenset()
    private = Team.objects.filter(is_private=True).exclude(pk__in=teams)
    return frozenset(private.values_list("pk", flat=True))


def _known(rights: Iterable[str]) -> frozenset[Right]:
    """Rights that this version knows; a role may hold some that a newer or older one knew."""
    names = {right.value for right in Right}
    return frozenset(Right(right) for right in rights if right in names)
