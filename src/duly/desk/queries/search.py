"""Search: tickets by their words and by operators, people and organisations by name; never more than the actor sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import cycle, islice
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, F, Q, QuerySet, Subquery, When

from duly.desk.access.actor import Actor
from duly.desk.access.people import organisations_visible_to, people_visible_to
from duly.desk.access.tickets import visible_to
from duly.desk.people.organisation import Membership
from duly.desk.people.words import words_of
from duly.desk.queries.filtering import values_held
from duly.desk.queries.known import MANY, called, named_priority, unknown
from duly.desk.queries.queue import Line, lines_of, with_people
from duly.desk.queries.sought import Sought, day
from duly.desk.tickets import wording
from duly.desk.tickets.ticket import UNFINISHED, Status, Ticket
from duly.desk.tickets.wording import LANGUAGE

SIZE, FEW = 50, 8
WALKED = 50_000
"""So many of the newest tickets are read for common words before their index is asked."""
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
    """Find what was sought. At most seven statements."""
    if sought.is_empty:
        return Found(lines=(), more=False, people=(), unknown=())
    ids = called(actor, sought.operators)
    rows = _tickets(actor, sought, zone, ids)
    return Found(
        lines=lines_of(rows[:SIZE], at),
        more=len(rows) > SIZE,
        people=_people(actor, sought) if _speaks_of_people(sought) else (),
        unknown=() if rows else unknown(sought.operators, ids),
    )


def _speaks_of_people(sought: Sought) -> bool:
    return not sought.fields and sought.operators.keys() <= OF_PEOPLE


def _tickets(
    actor: Actor, sought: Sought, zone: ZoneInfo, ids: Mapping[str, Sequence[int]]
) -> list[Ticket]:
    """One more than are shown, the newest first."""
    rows = with_people(visible_to(actor))
    for name, value in sought.operators.items():
        if name in ids and len(ids[name]) <= MANY:
            rows = rows.filter(**{f"{_COLUMNS[name]}__in": ids[name]})
        else:
            rows = rows.filter(_condition(actor, name, value, zone))
    for key, value in sought.fields.items():
        rows = rows.filter(pk__in=values_held(key, value).values("ticket"))
    if sought.query:
        return _with_words(actor, sought, rows)
    return list(rows.order_by("-pk")[: SIZE + 1])


_COLUMNS = {
    "org": "organisation",
    "from": "requester",
    "assignee": "assignee",
    "team": "team",
    "tag": "taggings__tag",
}


def _with_words(actor: Actor, sought: Sought, rows: QuerySet[Ticket]) -> list[Ticket]:
    """Read the newest until there are enough where all words are common, else what the index has of those that are not.

    PostgreSQL takes any beginning of a word to be in four of a hundred tickets, which is wrong for all of them: behind
    a CASE it expects half of the tickets, and of a condition said three times hardly any.
    """
    shares = wording.shares(sought.words)
    by_share = sorted(shares, key=shares.__getitem__)
    rare = [word for word in by_share if not shares[word]] or by_share[:2]
    fits = _worded(actor, sought.query, named=bool(sought.words))
    worded = rows.filter(Case(When(fits, then=True), default=False))
    if all(shares.values()):
        newest = worded.order_by("-pk")
        if sought.narrows or not rare or not actor.is_agent:
            return list(newest[: SIZE + 1])
        latest = Ticket.objects.order_by("-pk").values("pk")[:1]
        found = list(newest.filter(pk__gt=Subquery(latest) - WALKED)[: SIZE + 1])
        # Words that hardly ever come together, or that nobody writes any more, would be sought to the first ticket.
        if len(found) > SIZE:
            return found
    few = " & ".join(islice(cycle(f"{word}:*" for word in rare), max(3, len(rare))))
    return list(
        worded.filter(_worded(actor, few)).order_by((F("wording__ticket_id") + 0).desc())[
            : SIZE + 1
        ]
    )


def _worded(actor: Actor, sought: str, *, named: bool = True) -> Q:
    query = SearchQuery(sought, config=LANGUAGE, search_type="raw")
    words = Q(wording__said=query)
    if actor.is_agent:
        # Somebody may be the customer of a private team's ticket: its notes stay with the team.
        noted, is_barred = Q(wording__noted=query), Q(team__in=actor.barred_teams)
        # Where words are excluded alone, they must stand nowhere.
        return words | (noted & ~is_barred) if named else words & (noted | is_barred)
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
