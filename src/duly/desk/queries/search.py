"""Search: tickets by their words and by operators, people and organisations by name; never more than the actor sees."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, F, Q, QuerySet, When

from duly.desk.access.actor import Actor
from duly.desk.access.people import organisations_visible_to, people_visible_to
from duly.desk.access.tickets import visible_to
from duly.desk.people.organisation import Membership
from duly.desk.people.words import words_of
from duly.desk.queries.filtering import values_held
from duly.desk.queries.known import named_priority, unknown
from duly.desk.queries.queue import Line, lines_of, with_people
from duly.desk.queries.sought import Sought, day
from duly.desk.tickets import wording
from duly.desk.tickets.ticket import UNFINISHED, Status, Ticket
from duly.desk.tickets.wording import LANGUAGE

SIZE, FEW = 50, 8
OF_PEOPLE = {"org"}
"""Operators that say something of people and organisations, too; with any other only tickets are meant."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person or an organisation that was found; an organisation is no person."""

    name: str
    about: str
    organisation_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The newest tickets first; `more` says that there are more than these.

    Where no ticket was found, `unknown` names the operators whose value nothing in the desk is called.
    """

    lines: tuple[Line, ...]
    more: bool
    people: tuple[Somebody, ...]
    unknown: tuple[str, ...]


def search(actor: Actor, sought: Sought, zone: ZoneInfo, at: datetime) -> Found:
    """Find what was sought. Six statements, and one for each field that is named."""
    if sought.is_empty:
        return Found(lines=(), more=False, people=(), unknown=())
    rows = list(_tickets(actor, sought, zone)[: SIZE + 1])
    return Found(
        lines=lines_of(rows[:SIZE], at),
        more=len(rows) > SIZE,
        people=_people(actor, sought) if _speaks_of_people(sought) else (),
        unknown=() if rows else unknown(actor, sought.operators),
    )


def _speaks_of_people(sought: Sought) -> bool:
    return not sought.fields and sought.operators.keys() <= OF_PEOPLE


def _tickets(actor: Actor, sought: Sought, zone: ZoneInfo) -> QuerySet[Ticket]:
    rows = with_people(visible_to(actor))
    for name, value in sought.operators.items():
        rows = rows.filter(_condition(actor, name, value, zone))
    for key, value in sought.fields.items():
        rows = rows.filter(pk__in=values_held(key, value).values("ticket"))
    if not sought.query:
        return rows.order_by("-pk")
    # PostgreSQL takes any beginning of a word to be in four of a hundred tickets, which is wrong for all of them.
    if wording.are_common(sought.words):
        # Behind a CASE it expects half of the tickets, so it reads the newest until there are enough.
        worded = Case(When(_worded(actor, sought.query), then=True), default=False)
        return rows.filter(worded).order_by("-pk")
    # Said three times it expects very few, so it gathers them from the words' index and sorts them.
    rows = rows.filter(_worded(actor, " & ".join([f"({sought.query})"] * 3)))
    return rows.order_by((F("wording__ticket_id") + 0).desc())


def _worded(actor: Actor, sought: str) -> Q:
    query = SearchQuery(sought, config=LANGUAGE, search_type="raw")
    words = Q(wording__said=query)
    if actor.is_agent:
        # Somebody may be the customer of a private team's ticket: its notes stay with the team.
        words |= Q(wording__noted=query) & ~Q(team__in=actor.barred_teams)
    return words


def _condition(actor: Actor, name: str, value: str, zone: ZoneInfo) -> Q:  # noqa: PLR0911 - one for each operator
    match name:
        case "org":
            return Q(organisation__name__icontains=value)
        case "is":
            return _state(actor, value)
        case "priority":
            return named_priority(value)
        case "before" | "after":
            on = day(value)
            assert on is not None, "faults were left out"
            midnight = datetime.combine(on, time.min, zone)
            return Q(opened_at__lt=midnight) if name == "before" else Q(opened_at__gte=midnight)
        case "assignee" if value == "me":
            return Q(assignee=actor.person_id)
        case "assignee" if value == "nobody":
            return Q(assignee=None)
        case "assignee":
            return _named("assignee", value)
        case "from":
            return _named("requester", value)
        case "team":
            return Q(team__name__icontains=value)
    return Q(taggings__tag__name=value.lower())


def _state(actor: Actor, value: str) -> Q:
    match value:
        case "unfinished":
            return Q(status__in=UNFINISHED)
        case "unassigned":
            return Q(status__in=UNFINISHED, assignee=None)
        case "mine":
            return Q(status__in=UNFINISHED, assignee=actor.person_id)
    return Q(status=Status(value).value)


def _named(who: str, value: str) -> Q:
    return Q(**{f"{who}__name__icontains": value}) | Q(**{f"{who}__email__icontains": value})


def _people(actor: Actor, sought: Sought) -> tuple[Somebody, ...]:
    organisations = organisations_visible_to(actor).annotate(words=words_of("name"))
    people = people_visible_to(actor).annotate(words=words_of("name", "email"))
    if sought.query:
        query = SearchQuery(sought.query, config=LANGUAGE, search_type="raw")
        organisations, people = organisations.filter(words=query), people.filter(words=query)
    if of := sought.operators.get("org"):
        organisations = organisations.filter(name__icontains=of)
        people = people.filter(pk__in=_belonging_to(actor, of))
    found = [
        Somebody(row.name, "", organisation_id=row.pk)
        for row in organisations.order_by("name")[:FEW]
    ]
    found += [
        Somebody(str(row), row.email, person_id=row.pk)
        for row in people.order_by("name", "pk")[:FEW]
    ]
    return tuple(found)


def _belonging_to(actor: Actor, name: str) -> QuerySet[Membership, Any]:
    theirs = organisations_visible_to(actor).filter(name__icontains=name)
    return Membership.objects.filter(organisation__in=theirs).values_list("person")
