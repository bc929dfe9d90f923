"""The actor: who does something, with what rights, frozen for the length of one request."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from django.db import connection
from django.utils.translation import gettext as _

from duly.desk.errors import NotAllowed
from duly.desk.people.person import Person
from duly.desk.people.role import Right

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
            raise NotAllowed(_("Only a person writes messages and notes. Nothing was written."))
        return self.person_id

    @property
    def is_agent(self) -> bool:
        """Whether the actor stands on the desk's side of a ticket."""
        return Right.SEE_TICKETS in self.rights


def the_desk(via: Via) -> Actor:
    """Give the desk itself: it holds every right on its own side, and is nobody."""
    return Actor(person_id=None, via=via, rights=frozenset(Right))


_HELD = """
    SELECT person_id, 'role', 0, role.rights
      FROM desk_grant JOIN desk_role role ON role.id = role_id WHERE person_id = ANY(%(people)s)
    UNION ALL
    SELECT person_id, 'place', organisation_id, role.rights
      FROM desk_membership
      JOIN desk_role role ON role.id = role_id
      JOIN desk_organisation organisation ON organisation.id = organisation_id
     WHERE person_id = ANY(%(people)s) AND organisation.is_active
    UNION ALL
    SELECT person_id, 'team', team_id, '{}' FROM desk_teammember WHERE person_id = ANY(%(people)s)
    UNION ALL
    SELECT 0, 'private', id, '{}' FROM desk_team WHERE is_private
"""
"""All that actors hold, in one statement because every request asks it."""

_Row: TypeAlias = tuple[str, int, list[str]]
"""What is held, by its number, and the rights that come with it."""


def actor_for(person: Person, *, via: Via) -> Actor:
    """Read what a person may do now. Somebody deactivated is nobody."""
    return actors_for([person], via=via)[person.pk]


def actors_for(people: Collection[Person], *, via: Via) -> dict[int, Actor]:
    """Read what people may do now, by their ids. At most one statement."""
    found = {person.pk: Actor(person_id=None, via=via) for person in people}
    active = [person.pk for person in people if person.is_active]
    held = defaultdict[int, list[_Row]](list)
    if active:
        with connection.cursor() as cursor:
            cursor.execute(_HELD, {"people": active})
            for person_id, what, key, given in cursor.fetchall():
                held[person_id].append((what, key, given))
    private = frozenset(key for _, key, _ in held[0])
    return found | {pk: _actor(pk, held[pk], private, via) for pk in active}


def _actor(person_id: int, held: Iterable[_Row], private: frozenset[int], via: Via) -> Actor:
    rights = _known(right for what, _, given in held if what == "role" for right in given)
    teams = frozenset(key for what, key, _ in held if what == "team")
    return Actor(
        person_id=person_id,
        via=via,
        rights=rights,
        organisations={key: _known(given) for what, key, given in held if what == "place"},
        teams=teams,
        barred_teams=frozenset() if Right.SEE_PRIVATE_TICKETS in rights else private - teams,
    )


def _known(rights: Iterable[str]) -> frozenset[Right]:
    """Rights that this version knows; a role may hold some that a newer or older one knew."""
    names = {right.value for right in Right}
    return frozenset(Right(right) for right in rights if right in names)
