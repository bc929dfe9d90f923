"""The desk's own people: who works here, in which teams, with which roles, when, and when not."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, QuerySet

from duly.desk.access.actor import Actor
from duly.desk.access.people import may_manage_people, may_manage_roles, may_set_hours
from duly.desk.access.require import require
from duly.desk.people.organisation import Membership
from duly.desk.people.person import Person
from duly.desk.people.role import CUSTOMER_RIGHTS, Grant, Right, Role
from duly.desk.people.standard_roles import STANDARD_ROLES, role_in_words
from duly.desk.people.team import Team, TeamMember
from duly.desk.queries.own_hours import OwnHours, own_hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who works here; `has_come` says that they signed in once."""

    id: int
    name: str
    email: str
    roles: tuple[str, ...]
    teams: tuple[str, ...]
    is_active: bool
    has_come: bool
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Away:
    """An absence that is not over."""

    id: int
    from_at: datetime
    to_at: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """A role or a team, and whether somebody has it."""

    key: str
    name: str
    is_held: bool
    is_lead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleaguePage:
    """A colleague as those see them who may; the three rights are those of the reader."""

    colleague: Colleague
    roles: tuple[Choice, ...]
    teams: tuple[Choice, ...]
    hours: OwnHours | None
    away: tuple[Away, ...]
    may_manage: bool
    may_give_roles: bool
    is_self: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody's place in a team; `hours` in words, empty while nobody said them."""

    id: int
    name: str
    is_lead: bool
    is_active: bool
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    """A team with its members."""

    id: int
    name: str
    is_private: bool
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """A role, what it allows, and how many hold it."""

    key: str
    name: str
    rights: frozenset[str]
    asks_second_factor: bool
    holders: int
    is_customers: bool
    is_standard: bool

    @property
    def words(self) -> str:
        """Its name as it is said; `name` is as it was given, and may be changed."""
        return role_in_words(self.name)


def may_see_staff(actor: Actor) -> bool:
    """Whether the list of colleagues is theirs to work with."""
    return may_manage_people(actor) or may_manage_roles(actor)


def colleagues(actor: Actor) -> Sequence[Colleague]:
    """Everybody who works here, those no longer active last. Three statements.

    Raises:
        NotFound: the actor may not.
    """
    require(may_see_staff(actor))
    return [_colleague(row) for row in _staff().order_by("-is_active", "name", "pk")]


def colleague_page(actor: Actor, person_id: int, at: datetime) -> ColleaguePage:
    """Read one; everybody may see themselves.

    Raises:
        NotFound: there is no such colleague, or the actor may not see them.
    """
    row = _staff().filter(pk=person_id).first()
    may = may_see_staff(actor) or may_set_hours(actor, person_id)
    require(may and row is not None)
    assert row is not None
    held = {grant.role_id for grant in row.grants.all()}
    places = {place.team_id: place.is_lead for place in row.team_places.all()}
    hours = own_hours(row.hours)
    away = row.absences.filter(to_at__gt=at).order_by("from_at")
    return ColleaguePage(
        colleague=_colleague(row),
        roles=tuple(
            Choice(role.key, role_in_words(role.name), role.pk in held)
            for role in Role.objects.order_by("name")
            if not set(role.rights) & CUSTOMER_RIGHTS
        ),
        teams=tuple(
            Choice(str(team.pk), team.name, team.pk in places, places.get(team.pk, False))
            for team in Team.objects.order_by("name")
        ),
        hours=hours[-1] if hours else None,
        away=tuple(Away(each.pk, each.from_at, each.to_at) for each in away),
        may_manage=may_manage_people(actor),
        may_give_roles=may_manage_roles(actor),
        is_self=actor.person_id == person_id,
    )


def team_lines(actor: Actor) -> Sequence[TeamLine]:
    """Every team. Three statements.

    Raises:
        NotFound: the actor may not.
    """
    require(may_manage_people(actor))
    rows = Team.objects.order_by("name").prefetch_related("members__person")
    return [
        TeamLine(
            id=row.pk,
            name=row.name,
            is_private=row.is_private,
            members=tuple(
                Member(
                    id=place.person_id,
                    name=str(place.person),
                    is_lead=place.is_lead,
                    is_active=place.person.is_active,
                    hours=_words(place.person),
                )
                for place in sorted(row.members.all(), key=lambda each: str(each.person))
            ),
        )
        for row in rows
    ]


def role_lines(actor: Actor) -> Sequence[RoleLine]:
    """Every role, those of the desk first.

    Raises:
        NotFound: the actor may not.
    """
    require(may_manage_roles(actor))
    placed = Counter(Membership.objects.values_list("role", flat=True))
    rows = Role.objects.annotate(granted=Count("grants"))
    lines = [
        RoleLine(
            key=row.key,
            name=row.name,
            rights=frozenset(row.rights),
            asks_second_factor=row.asks_second_factor,
            holders=row.granted + placed[row.pk],
            is_customers=bool(set(row.rights) & CUSTOMER_RIGHTS),
            is_standard=row.key in STANDARD_ROLES,
        )
        for row in rows.order_by("name")
    ]
    return sorted(lines, key=lambda each: each.is_customers)


def staff_choices() -> tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]]:
    """The roles and the teams that somebody new may have, by key and name."""
    roles = [
        (role.key, role_in_words(role.name))
        for role in Role.objects.order_by("name")
        if not set(role.rights) & CUSTOMER_RIGHTS
    ]
    teams = [
        (str(pk), name) for pk, name in Team.objects.order_by("name").values_list("pk", "name")
    ]
    return roles, teams


def desk_rights() -> tuple[Right, ...]:
    """The rights on the desk's side, in the order in which they are listed."""
    return tuple(right for right in Right if right not in CUSTOMER_RIGHTS)


def _staff() -> QuerySet[Person]:
    rows = Person.objects.filter(grants__isnull=False).distinct()
    return rows.prefetch_related(
        Prefetch("grants", Grant.objects.select_related("role")),
        Prefetch("team_places", TeamMember.objects.select_related("team")),
    )


def _colleague(row: Person) -> Colleague:
    return Colleague(
        id=row.pk,
        name=str(row),
        email=row.email,
        roles=tuple(sorted(role_in_words(grant.role.name) for grant in row.grants.all())),
        teams=tuple(sorted(place.team.name for place in row.team_places.all())),
        is_active=row.is_active,
        has_come=row.last_login is not None,
        last_at=row.last_login,
    )


def _words(person: Person) -> str:
    return "; ".join(each.words for each in own_hours(person.hours))
