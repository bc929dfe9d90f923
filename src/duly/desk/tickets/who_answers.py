"""Who answers a ticket: the person whom the plan names, in their hours; outside them the team."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from duly.core import instant
from duly.core.open_time import OpenTime
from duly.core.terms import Terms
from duly.desk.agreements.intake import OWN_HOURS, Place, intake_of
from duly.desk.agreements.named_person import NamedPerson
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.people.absence import Absence
from duly.desk.people.calendar import is_open
from duly.desk.people.person import Person
from duly.desk.people.role import Grant, Right
from duly.desk.tickets.ticket import Ticket

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerer:
    """A named person with the title that the plan gives them."""

    person: Person
    title: str


def who_answers(ticket: Ticket, at: datetime) -> Answerer | None:
    """The first of the named people who works at an instant; None means the team. At most one statement."""
    places = [place for place in intake_of(ticket.binding_id).places if place.takes_tickets]
    if not places or ticket.subscription_id is None:
        return None
    terms = terms_of_binding(ticket.binding_id)
    assert terms is not None, "places are named by terms"
    named = _present(ticket.subscription_id, at)
    for place in places:
        person = named.get(place.key)
        if person is not None and _works(person, place, terms, at):
            return Answerer(person=person, title=place.title)
    return None


def stood_in_for(tickets: Iterable[Ticket], at: datetime) -> set[int]:
    """The ids of those tickets whose agent the plan names and who does not work now: the team answers meanwhile.

    The agent stays theirs, and answers again when they are back. At most one statement.
    """
    theirs = [(ticket, places) for ticket in tickets if (places := _places(ticket))]
    if not theirs:
        return set()
    named: dict[tuple[int, int], set[str]] = {}
    present: dict[int, Person] = {}
    rows = NamedPerson.objects.filter(
        subscription__in={ticket.subscription_id for ticket, _ in theirs},
        person__in={ticket.assignee_id for ticket, _ in theirs},
    )
    at_work = Exists(_at_work(Person.objects.filter(pk=OuterRef("person")), "pk", at))
    for row in rows.select_related("person").annotate(at_work=at_work):
        named.setdefault((row.subscription_id, row.person_id), set()).add(row.place)
        if row.at_work:
            present[row.person_id] = row.person
    return {
        ticket.pk
        for ticket, places in theirs
        if (keys := named.get((ticket.subscription_id or 0, ticket.assignee_id or 0)))
        and not _works_in(present.get(ticket.assignee_id or 0), keys, places, ticket, at)
    }


def _places(ticket: Ticket) -> list[Place]:
    """The places whose people work on this ticket, where an agent has it."""
    if ticket.assignee_id is None or ticket.subscription_id is None:
        return []
    return [place for place in intake_of(ticket.binding_id).places if place.takes_tickets]


def _works_in(
    person: Person | None, keys: set[str], places: list[Place], ticket: Ticket, at: datetime
) -> bool:
    """Whether they work now in one of the places that they fill; in a place that takes no tickets nobody is missed."""
    filled = [place for place in places if place.key in keys]
    if not filled:
        return True
    terms = terms_of_binding(ticket.binding_id)
    assert terms is not None, "places are named by terms"
    return person is not None and any(_works(person, place, terms, at) for place in filled)


def _present(subscription_id: int, at: datetime) -> dict[str, Person]:
    """Those named who still are agents and are not away."""
    rows = _at_work(NamedPerson.objects.filter(subscription=subscription_id), "person", at)
    rows = rows.filter(person__is_active=True).select_related("person")
    return {row.place: row.person for row in rows}


def _at_work(rows: QuerySet[Row], person: str, at: datetime) -> QuerySet[Row]:
    """Those rows whose person is an agent and not away."""
    sees = Grant.objects.filter(
        person=OuterRef(person), role__rights__contains=[Right.SEE_TICKETS.value]
    )
    away = Absence.objects.filter(person=OuterRef(person), from_at__lte=at, to_at__gt=at)
    return rows.filter(Exists(sees), ~Exists(away))


def _works(person: Person, place: Place, terms: Terms, at: datetime) -> bool:
    """A first contact whose hours the plan leaves open always does; own hours that nobody has said are no hours."""
    if place.hours is None:
        return True
    if place.hours == OWN_HOURS:
        return person.hours is not None and is_open(person.hours, at)
    hours = OpenTime(place.hours, terms.calendars)
    return hours.is_open(instant.from_datetime(at))
