"""For whom an agent opens a ticket: people and organisations by what was typed, and the one that was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import JSONBAgg
from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from duly.desk.access.actor import Actor
from duly.desk.access.people import organisations_visible_to, people_visible_to
from duly.desk.access.require import require
from duly.desk.access.tickets import may_open_for_customers, may_route
from duly.desk.people.organisation import Membership, Organisation
from duly.desk.people.person import Person
from duly.desk.people.role import Grant
from duly.desk.people.team import Team
from duly.desk.people.words import words_of
from duly.desk.queries.sought import read_sought
from duly.desk.queries.unreached import Unreached, unreached
from duly.desk.tickets.wording import LANGUAGE

FEW = 8
"""How many people are suggested; of organisations half as many."""
SHORTEST, MOST_WORDS = 2, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody whom the desk knows, with the organisations under which a ticket of theirs may be opened."""

    id: int
    name: str
    email: str
    organisations: tuple[tuple[int, str], ...]
    unreached: Unreached | None


@dataclass(frozen=True, slots=True)
class Customer:
    """An organisation to which somebody new may belong."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """Who and which organisations may be meant."""

    people: tuple[Caller, ...] = ()
    organisations: tuple[Customer, ...] = ()


def suggested(actor: Actor, typed: str) -> Suggested:
    """Find people by words of their name, address and organisations, and organisations by name or mail domain.

    Two statements.

    Raises:
        NotFound: the actor does not open tickets for others.
    """
    require(may_open_for_customers(actor))
    words = read_sought(typed.replace(":", " ")).words[:MOST_WORDS]
    if len(typed.strip()) < SHORTEST or not words:
        return Suggested()
    people = _customers(actor)
    for word in words:
        people = people.filter(pk__in=_called(word))
    rows = _with_places(people).order_by("name", "pk")[:FEW]
    return Suggested(tuple(map(_caller, rows)), _named(actor, words, typed))


def _called(word: str) -> QuerySet[Any, Any]:
    """The people in whose name, address or organisation a word begins so; each way has its index."""
    people = Person.objects.annotate(words=words_of("name", "email"))
    organisations = Organisation.objects.annotate(words=words_of("name"))
    places = Membership.objects.filter(organisation__in=organisations.filter(words=_begins(word)))
    return people.filter(words=_begins(word)).values("pk").union(places.values("person"))


def _named(actor: Actor, words: Sequence[str], typed: str) -> tuple[Customer, ...]:
    rows = organisations_visible_to(actor).filter(is_active=True).annotate(words=words_of("name"))
    all_words, domain = _begins(*words), typed.strip().lower().rpartition("@")[2]
    found = rows.filter(Q(words=all_words) | Q(domains__contains=[domain])).order_by("name")
    return tuple(Customer(row.pk, row.name) for row in found[: FEW // 2])


def _begins(*words: str) -> SearchQuery:
    query = " & ".join(f"{word}:*" for word in words)
    return SearchQuery(query, config=LANGUAGE, search_type="raw")


def caller(actor: Actor, person_id: int) -> Caller | None:
    """Somebody who was chosen; None when there is no such customer. One statement."""
    row = _with_places(_customers(actor).filter(pk=person_id)).first()
    return _caller(row) if row else None


def customer(actor: Actor, organisation_id: int) -> Customer | None:
    """An organisation that was chosen; None when there is none that is active. One statement."""
    rows = organisations_visible_to(actor).filter(pk=organisation_id, is_active=True)
    row = rows.first()
    return Customer(row.pk, row.name) if row else None


def teams_to_give_to(actor: Actor) -> Sequence[tuple[int, str]]:
    """The teams to which the actor may give what they open. One statement, none for who may not."""
    if not may_route(actor):
        return ()
    teams = Team.objects.exclude(pk__in=list(actor.barred_teams)).order_by("name")
    return tuple(teams.values_list("pk", "name"))


def _customers(actor: Actor) -> QuerySet[Person]:
    """Active people, without those who stand on the desk's side alone."""
    has_place = Exists(Membership.objects.filter(person=OuterRef("pk")))
    is_staff = Exists(Grant.objects.filter(person=OuterRef("pk")))
    return people_visible_to(actor).filter(has_place | ~is_staff, is_active=True)


def _with_places(rows: QuerySet[Person]) -> QuerySet[Any]:
    it = "memberships__organisation"
    places = JSONBAgg(
        JSONObject(id=it, name=f"{it}__name"),
        filter=Q(**{f"{it}__is_active": True}),
        order_by=[f"{it}__name"],
        default=[],
    )
    return rows.annotate(places=places)


def _caller(row: Any) -> Caller:
    return Caller(
        id=row.pk,
        name=str(row),
        email=row.email,
        organisations=tuple((each["id"], each["name"]) for each in row.places),
        unreached=unreached(row),
    )
