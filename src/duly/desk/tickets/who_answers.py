"""Who answers a ticket: the person whom the plan names, in their hours; outside them the team."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

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


def _present(subscription_id: int, at: datetime) -> dict[str, Person]:
    """Those named who still are agents and are not away."""
    sees = Grant.objects.filter(
        person=OuterRef("person"), role__rights__contains=[Right.SEE_TICKETS.value]
    )
    away = Absence.objects.filter(person=OuterRef("person"), from_at__lte=at, to_at__gt=at)
    rows = NamedPerson.objects.filter(Exists(sees), ~Exists(away), subscription=subscription_id)
    rows = rows.filter(person__is_active=True).select_related("person")
    return {row.place: row.person for row in rows}


def _works(person: Person, place: Place, terms: Terms, at: datetime) -> bool:
    """A first contact whose hours the plan leaves open always does; own hours that nobody has said are no hours."""
    if place.hours is None:
        return True
    if place.hours == OWN_HOURS:
        return person.hours is not None and is_open(person.hours, at)
    hours = OpenTime(place.hours, terms.calendars)
    return hours.is_open(instant.from_datetime(at))
